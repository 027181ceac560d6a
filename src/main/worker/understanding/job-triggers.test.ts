import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CapturedEvent } from '../../capture/captured-event.ts';
import { openReadable, type OpenDatabase, type ReadableDb } from '../../store/database.ts';
import { temporaryFolder } from '../../store/testing/temporary-store.ts';
import { createWriter, type Writer } from '../writer.ts';
import type { WriterRequest } from '../writer-client.ts';

let folder: ReturnType<typeof temporaryFolder>;
let writer: Writer;
let readable: OpenDatabase<ReadableDb>;
const open = () => {
  writer = createWriter(join(folder.dir, 'memory.db'));
  readable = openReadable(join(folder.dir, 'memory.db'));
};
const close = () => {
  readable.close();
  writer.close();
};
beforeEach(() => {
  folder = temporaryFolder();
  open();
});
afterEach(() => {
  close();
  folder.remove();
});

let toolUses = 0;
const hook = (name: string, more: object = {}, at = Date.now()): WriterRequest => {
  const body = JSON.stringify({ session_id: 's', cwd: '/repo', hook_event_name: name, prompt_id: 'p1', ...more });
  return { kind: 'hook', body, sizeBytes: body.length, receivedAt: at };
};
const prompt = (text: string, more: object = {}) => hook('UserPromptSubmit', { prompt: text, ...more });
const tool = (at?: number) => {
  const use = { tool_use_id: `t${++toolUses}`, tool_name: 'Bash', tool_input: { command: 'npm test' } };
  return hook('PostToolUse', { ...use, tool_response: { stdout: 'ok', stderr: '' } }, at);
};
function perform(...tasks: WriterRequest[]): void {
  writer.enqueue(tasks.map((task, index) => ({ ...task, ticket: index + 1 })));
  writer.drain(({ failures }) => expect(failures).toEqual([]));
}
const call = (name: 'jobsScheduled', argument: unknown) => {
  writer.enqueue([{ kind: 'operation', ticket: 1, name, argument }]);
  writer.drain(({ failures }) => expect(failures).toEqual([]));
};
const queued = () =>
  readable.db
    .prepare<[], { kind: string; payload: string }>('SELECT kind, payload FROM task_queue ORDER BY pk')
    .all()
    .map(({ kind, payload }) => `${kind} ${payload}`);

const turn = 'summarise {"scope":"turn","promptId":"p1","force":false,"withModel":true}';
const session = 'summarise {"scope":"session","force":false,"withModel":true}';
const learn = (final: boolean) => `learn {"final":${final}}`;
const graph = 'graph {"rebuild":false}';

const cases: [string, () => WriterRequest[], string[]][] = [
  ['a turn that ends', () => [prompt('Do it'), hook('Stop')], [turn, learn(false)]],
  ['a turn that fails', () => [prompt('Do it'), hook('StopFailure')], [turn, learn(false)]],
  ['its end told thrice', () => [prompt('Do it'), hook('Stop'), hook('Stop'), hook('Stop')], [turn, learn(false)]],
  [
    'a client that names no prompt',
    () => [prompt('Do it'), hook('Stop', { prompt_id: undefined })],
    [turn, learn(false)],
  ],
  ['a session that ends', () => [prompt('Do it'), hook('SessionEnd')], [session, learn(true), graph]],
  [
    'a turn and its session',
    () => [prompt('Do it'), hook('Stop'), hook('SessionEnd')],
    [turn, learn(true), session, graph],
  ],
  ['a session with tools only', () => [tool(), hook('SessionEnd')], [session, learn(true), graph]],
  ['a compaction', () => [prompt('Do it'), hook('PreCompact', { trigger: 'auto' })], [session]],
  ['a compact summary', () => [prompt('Do it'), hook('PostCompact', { compact_summary: 'So far.' })], [session]],
  ['an empty session', () => [hook('SessionStart'), hook('Stop'), hook('PreCompact'), hook('SessionEnd')], []],
  [
    'a subagent that stops',
    () => [prompt('Do it'), hook('SubagentStop', { agent_id: 'a' }), hook('Stop', { agent_id: 'a' })],
    [],
  ],
  ['tools and prompts alone', () => [prompt('Do it'), tool(), tool()], []],
];
// Catches work for nothing, work that is forgotten, and the same work twice.
test.each(cases)('%s', (_, tasks, wanted) => {
  perform(...tasks());
  expect(queued()).toEqual(wanted);
});

// Catches a summary that lacks the last words, which the client writes a little later.
test('jobs of hooks wait until the transcript’s end was read', () => {
  const at = Date.now();
  perform(prompt('Do it'), hook('SessionEnd', {}, at));
  const earliest = readable.db.prepare<[], number>('SELECT MIN(run_after) FROM task_queue').pluck().get();
  expect(earliest).toBeGreaterThanOrEqual(at + 6_000);
});

// Catches a session whose client was killed, and which is therefore never told.
test('a session that nobody ended is taken as over at the next start', () => {
  const yesterday = Date.now() - 25 * 60 * 60 * 1000;
  perform(tool(yesterday));
  expect(queued()).toEqual([]);
  close();
  open();
  expect(queued()).toEqual([session, learn(true), graph]);
});

const fromTranscript = (name: string, key: number): CapturedEvent => ({
  key: Buffer.alloc(16, key),
  source: 'transcript',
  name,
  sessionId: 's',
  promptId: 'p1',
  toolUseId: null,
  agentId: null,
  agentType: null,
  cwd: '/repo',
  branch: null,
  model: null,
  transcriptPath: '/t/s.jsonl',
  occurredAt: Date.now(),
  receivedAt: Date.now(),
  originalBytes: 2,
  payload: name === 'PostCompact' ? { compact_summary: 'So far.' } : { prompt: `Do ${key}` },
});
const transcript = (...events: CapturedEvent[]): WriterRequest => ({
  kind: 'transcript',
  path: '/t/s.jsonl',
  events,
  position: { inode: '1', offsetBytes: 1, state: '{}' },
});

test('a transcript that tells more of a session that is over has it told anew; of one that goes on only its compactions', () => {
  perform(transcript(fromTranscript('UserPromptSubmit', 1)));
  expect(queued()).toEqual([]);
  perform(transcript(fromTranscript('PostCompact', 2)));
  expect(queued()).toEqual([session]);
  perform(hook('SessionEnd'));
  expect(queued()).toEqual([session, learn(true), graph]);
  readable.close();
  writer.close();
  open();
  const forget = () => {
    writer.enqueue([{ kind: 'operation', ticket: 1, name: 'jobsClaim', argument: everything }]);
    writer.drain(() => {});
  };
  const everything = {
    free: { summarise: 9, learn: 9, graph: 9 },
    most: 9,
    leastPriority: 0,
    held: [],
    now: Date.now() + 3_600_000,
  };
  forget();
  perform(transcript(fromTranscript('UserPromptSubmit', 1)));
  expect(queued()).toHaveLength(3);
  perform(transcript(fromTranscript('UserPromptSubmit', 3)));
  expect(queued().slice(3)).toEqual([session, learn(true), graph]);
});

test('a pause of capture queues nothing new and leaves what is queued', () => {
  perform(prompt('Do it'), hook('Stop'), { kind: 'pause', paused: true }, hook('SessionEnd'));
  expect(queued()).toEqual([turn, learn(false)]);
});

// Catches a week that is summed up before it is over, or for a project that slept through it.
test('the weekly schedule sums up the weeks that ended since, project by project', () => {
  const monday = new Date(2026, 10, 16, 6).getTime();
  const day = 86_400_000;
  perform(
    hook('PostToolUse', { tool_use_id: 'w1', tool_name: 'Bash', tool_input: { command: 'ls' } }, monday - 3 * day),
  );
  perform(
    hook(
      'PostToolUse',
      { session_id: 'o', cwd: '/other', tool_use_id: 'w2', tool_name: 'Bash', tool_input: {} },
      monday + day,
    ),
  );
  call('jobsScheduled', { kind: 'summarise', since: monday - 6 * day, now: monday });
  expect(queued().filter((one) => one.includes('week'))).toEqual([
    'summarise {"scope":"week","week":"2026-11-09","force":false,"withModel":true}',
  ]);
  for (const kind of ['backup', 'backup', 'cleanup', 'learn']) {
    call('jobsScheduled', { kind, since: monday, now: monday });
  }
  expect(queued().filter((one) => /^(?:backup|cleanup|learn \{\})/u.test(one))).toEqual(['backup {}', 'cleanup {}']);
});
