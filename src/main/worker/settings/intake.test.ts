import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SettingValue } from '../../../shared/configuration-views.ts';
import { eventKeys } from '../../capture/captured-event.ts';
import { parseHookBody } from '../../capture/hook-payload.ts';
import { openReadable, type ReadableDb } from '../../store/database.ts';
import { temporaryFolder } from '../../store/testing/temporary-store.ts';
import type { WriterReport, WriterTask } from '../thread-messages.ts';
import { createWriter, type Writer } from '../writer.ts';

let folder: ReturnType<typeof temporaryFolder>;
let writer: Writer;
let reader: ReturnType<typeof openReadable>;
let db: ReadableDb;
let ticket = 0;
beforeEach(() => {
  folder = temporaryFolder();
  open();
});
afterEach(() => {
  close();
  folder.remove();
});

function open(): void {
  writer = createWriter(join(folder.dir, 'memory.db'));
  reader = openReadable(join(folder.dir, 'memory.db'));
  db = reader.db;
}

function close(): void {
  reader.close();
  writer.close();
}

type Task = WriterTask extends infer Each ? (Each extends unknown ? Omit<Each, 'ticket'> : never) : never;

function submit(...tasks: Task[]): WriterReport {
  const reports: WriterReport[] = [];
  writer.enqueue(tasks.map((task) => ({ ...task, ticket: ++ticket })));
  writer.drain((report) => reports.push(report));
  const [report] = reports;
  expect(reports).toHaveLength(1);
  expect(report?.faults).toEqual([]);
  return report ?? { done: [], answers: [], results: [], failures: [], entries: '', faults: [] };
}

const call = (name: Extract<WriterTask, { kind: 'operation' }>['name'], argument: unknown) =>
  submit({ kind: 'operation', name, argument });
const set = (key: string, value: SettingValue | undefined) => call('settingPut', { key, value, at: 1 });

function hook(fields: Record<string, unknown>): Task {
  const body = JSON.stringify({ session_id: 's1', cwd: '/code/client', ...fields });
  return { kind: 'hook', body, sizeBytes: body.length, receivedAt: 1_000 + ++ticket };
}

const write = (path: string, content: string, id = path) =>
  hook({
    hook_event_name: 'PostToolUse',
    tool_name: 'Write',
    tool_use_id: id,
    tool_input: { file_path: path, content },
    tool_response: { filePath: path, content },
    duration_ms: 5,
  });

const all = (sql: string) => db.prepare(sql).pluck().all();
/** All text of the file, wherever it is kept. */
const stored = () =>
  [
    ...all('SELECT payload FROM events'),
    ...all('SELECT narrative FROM observations'),
    ...all('SELECT state FROM transcripts'),
  ].join('\n');

// Catches: sessions of a client that were to stay out and lie in the memory all the same.
test('sessions of excluded projects are not stored: by their folder, from below it, and by the root that a worktree shares', () => {
  const repository = join(folder.dir, 'secret-repo');
  mkdirSync(join(repository, '.git'), { recursive: true });
  set('capture.excluded_projects', ['/code/client', 'secret-repo']);
  const excluded = [
    hook({ hook_event_name: 'SessionStart', source: 'startup' }),
    hook({ hook_event_name: 'UserPromptSubmit', prompt: 'p', session_id: 's2', cwd: '/code/client/src' }),
    hook({ hook_event_name: 'UserPromptSubmit', prompt: 'p', session_id: 's3', cwd: repository }),
  ];
  expect(submit(...excluded)).toMatchObject({
    done: [expect.any(Number) as unknown, expect.any(Number) as unknown, expect.any(Number) as unknown],
    failures: [],
  });
  submit(hook({ hook_event_name: 'UserPromptSubmit', prompt: 'taken', session_id: 's4', cwd: '/code/shop' }));
  // One that wanders off stays what it is, and one that wanders in is silent there.
  submit(hook({ hook_event_name: 'UserPromptSubmit', prompt: 'wandered', session_id: 's4', cwd: '/code/client' }));
  expect(all('SELECT id FROM sessions')).toEqual(['s4']);
  expect(all('SELECT text FROM prompts')).toEqual(['taken']);
  set('capture.excluded_projects', undefined);
  submit(hook({ hook_event_name: 'UserPromptSubmit', prompt: 'now', session_id: 's1' }));
  expect(all('SELECT text FROM prompts')).toEqual(['taken', 'now']);
});

// Catches: a session that is known, whose later events carry a folder that no pattern names.
test('a session whose project is excluded later is silent from then on, wherever it is', () => {
  submit(hook({ hook_event_name: 'UserPromptSubmit', prompt: 'before' }));
  set('capture.excluded_projects', ['/code/client']);
  submit(hook({ hook_event_name: 'UserPromptSubmit', prompt: 'after', cwd: '/elsewhere' }));
  expect(all('SELECT text FROM prompts')).toEqual(['before']);
});

// Catches: contents of a file that was to stay out, in the ledger, in the view, or in what a transcript's reader remembers.
test('of excluded files it is kept that they were used, and nothing of what is in them', () => {
  set('capture.excluded_files', ['*.pem', '/code/client/private']);
  submit(
    write('/code/client/server.pem', 'KEY-IN-FILE'),
    write('/code/client/private/plan.md', 'THE-PLAN'),
    write('/code/client/a.ts', 'OPEN-CODE'),
  );
  const input = { file_path: '/code/client/server.pem', old_string: 'OLD-KEY', new_string: 'NEW-KEY' };
  submit(hook({ hook_event_name: 'PreToolUse', tool_name: 'Edit', tool_use_id: 't9', tool_input: input }));
  submit(
    hook({
      hook_event_name: 'PostToolUseFailure',
      tool_name: 'Edit',
      tool_use_id: 't9',
      tool_input: input,
      error: 'no match for OLD-KEY',
    }),
  );
  submit(
    hook({
      hook_event_name: 'PostToolUse',
      tool_name: 'Grep',
      tool_use_id: 't8',
      tool_input: { pattern: 'x', path: '/code/client/private' },
      tool_response: 'private/plan.md: THE-PLAN',
    }),
  );
  const [event] = parseHookBody(JSON.stringify({ session_id: 's1', hook_event_name: 'Stop' }), 10, 1).events;
  const calls = {
    a: { name: 'Write', input: { file_path: '/x/a.pem', content: 'KEY-IN-TRANSCRIPT' } },
    b: { name: 'Bash', input: { command: 'ls' } },
  };
  submit({
    kind: 'transcript',
    path: '/t.jsonl',
    events: event === undefined ? [] : [{ ...event, source: 'transcript', key: eventKeys.content('s1', 'x', 'y') }],
    position: { inode: '1', offsetBytes: 1, state: JSON.stringify({ promptId: 'p', calls }) },
  });
  expect(stored()).not.toMatch(/KEY|THE-PLAN/);
  expect(stored()).toMatch(/OPEN-CODE/);
  expect(stored()).toMatch(/"command":"ls"/);
  expect(all("SELECT title FROM observations WHERE tool = 'Write'")).toHaveLength(3);
  expect(all('SELECT duration_ms FROM observations WHERE duration_ms IS NOT NULL')).toHaveLength(3);
});

// Catches: hooks of a disabled agent that fail, are stored, or vanish without anybody seeing that they do.
test('events of a disabled agent are acknowledged, not stored, and counted; let in again it goes on', () => {
  submit(hook({ hook_event_name: 'UserPromptSubmit', prompt: 'first' }));
  const [id] = all("SELECT id FROM agent_programs WHERE name = 'claude-code'");
  call('agentDisable', { id, isDisabled: true, at: 5 });
  expect(submit(hook({ hook_event_name: 'UserPromptSubmit', prompt: 'second' }), write('/a', 'b'))).toMatchObject({
    failures: [],
    answers: [],
  });
  // What its transcript brings is the same once more and not counted.
  const { events } = parseHookBody(
    JSON.stringify({ session_id: 's1', hook_event_name: 'Stop', last_assistant_message: 'SAID' }),
    10,
    1,
  );
  submit({ kind: 'transcript', path: '/t.jsonl', events, position: { inode: '1', offsetBytes: 1, state: '{}' } });
  close();
  open();
  submit(hook({ hook_event_name: 'Stop', last_assistant_message: 'SAID' }));
  expect(all('SELECT text FROM prompts UNION ALL SELECT text FROM messages')).toEqual(['first']);
  expect(all('SELECT dropped_count FROM agent_programs')).toEqual([3]);
  call('agentDisable', { id, isDisabled: false, at: 6 });
  submit(hook({ hook_event_name: 'UserPromptSubmit', prompt: 'third' }));
  expect(all('SELECT text FROM prompts')).toEqual(['first', 'third']);
});

// Catches: a change that was taken back in its savepoint and holds all the same.
test('a setting that is refused changes nothing', () => {
  const refused: [string, SettingValue][] = [
    ['capture.excluded_projects', 'x'],
    ['capture.excluded_projects', ['']],
    ['backups.kept', 0],
    ['backups.kept', 1.5],
    ['backups.kept', '7'],
    ['none', 1],
  ];
  for (const [key, value] of refused) expect(set(key, value).failures).toHaveLength(1);
  expect(
    all("SELECT key FROM configurations WHERE key LIKE 'capture.ex%' OR key LIKE 'back%' OR key = 'none'"),
  ).toEqual([]);
});

// Catches: a door beside the hooks through which a disabled agent goes on.
test('programs that report their sessions themselves are refused while they are disabled', () => {
  const session = { agent: 'codex', cwd: '/code', id: 'c1' };
  const observation = {
    session_id: 'c1',
    type: 'note',
    title: 'said',
    facts: [],
    concepts: [],
    files_read: [],
    files_changed: [],
    importance: 0.5,
    failed: false,
  };
  expect(call('recordsAddSession', { session, at: 5 }).failures).toEqual([]);
  const [id] = all("SELECT id FROM agent_programs WHERE name = 'codex'");
  call('agentDisable', { id, isDisabled: true, at: 5 });
  const refused = [
    call('recordsAddSession', { session: { ...session, id: 'c2' }, at: 6 }),
    call('recordsAddObservation', { observation, at: 6 }),
  ];
  for (const { failures } of refused) expect(failures).toMatchObject([{ error: { code: 'CONFLICT' } }]);
  call('agentDisable', { id, isDisabled: false, at: 7 });
  expect(call('recordsAddObservation', { observation, at: 8 }).failures).toEqual([]);
});

// Catches: a program that is told of an exclusion that nobody made, because another one was switched off.
test('what is switched off is one program; the others go on, and each hears the true reason', () => {
  const observation = { type: 'note', title: 'said', facts: [], concepts: [], importance: 0.5, failed: false };
  const note = (session: string) => ({ ...observation, session_id: session, files_read: [], files_changed: [] });
  const add = (session: string) => call('recordsAddObservation', { observation: note(session), at: 6 }).failures;
  submit(hook({ hook_event_name: 'UserPromptSubmit', prompt: 'first' }));
  call('recordsAddSession', { session: { agent: 'notes', cwd: '/code', id: 'n1' }, at: 5 });
  const [id] = all("SELECT id FROM agent_programs WHERE name = 'claude-code'");
  call('agentDisable', { id, isDisabled: true, at: 5 });
  expect(add('n1')).toEqual([]);
  expect(add('s1')).toMatchObject([
    { error: { message: expect.stringContaining('claude-code is disabled') as string } },
  ]);
  set('capture.excluded_projects', ['/code']);
  expect(add('n1')).toMatchObject([{ error: { message: expect.stringContaining('n1 is excluded') as string } }]);
  expect(add('none')).toMatchObject([{ error: { code: 'NOT_FOUND' } }]);
});

// Catches: a door beside the hooks into a folder that is to stay out.
test('programs that report their sessions themselves are refused where the project is excluded', () => {
  const session = { agent: 'codex', cwd: '/code/client/api', id: 'c1' };
  expect(call('recordsAddSession', { session, at: 5 }).failures).toEqual([]);
  set('capture.excluded_projects', ['/code/client']);
  const observation = { session_id: 'c1', type: 'note', title: 'said', facts: [], concepts: [], importance: 0.5 };
  const refused = [
    call('recordsAddSession', { session: { ...session, id: 'c2' }, at: 6 }),
    call('recordsAddObservation', { observation: { ...observation, files_read: [], files_changed: [] }, at: 6 }),
  ];
  for (const { failures } of refused) expect(failures).toMatchObject([{ error: { code: 'CONFLICT' } }]);
  expect(all('SELECT id FROM sessions')).toEqual(['c1']);
});

// Catches: contents that go by the way of the question for leave, and leave that is given for what nobody was shown.
test('a question about an excluded file shows that it is asked for, and cannot be allowed unseen', () => {
  set('capture.excluded_files', ['*.pem']);
  const input = { file_path: '/code/client/server.pem', content: 'KEY-IN-FILE' };
  const asked = { hook_event_name: 'PermissionRequest', tool_name: 'mcp__files__write', tool_use_id: 'q1' };
  submit(hook({ hook_event_name: 'SessionStart', source: 'startup' }));
  submit(hook({ ...asked, tool_input: input }));
  submit(hook({ ...asked, tool_use_id: 'q2', tool_input: { ...input, file_path: '/code/client/a.txt' } }));
  expect(all('SELECT allowable FROM permission_requests ORDER BY pk')).toEqual([0, 1]);
  expect(all('SELECT summary || input || COALESCE(pattern, 0) FROM permission_requests ORDER BY pk')).toEqual([
    expect.not.stringContaining('KEY-IN-FILE'),
    expect.stringContaining('KEY-IN-FILE'),
  ]);
});

// Catches: a file that is excluded, and named on a way that no pattern spells.
test.each(['/code/client/private/../server.pem', 'keys/plan.md', './keys//plan.md', '/code/client/x/../keys/plan.md'])(
  'an excluded file is found when an agent calls it %s',
  (path) => {
    set('capture.excluded_files', ['/code/client/server.pem', '/code/client/keys']);
    submit(write(path, 'KEY-IN-FILE'));
    expect(stored()).not.toMatch(/KEY-IN-FILE/);
  },
);
