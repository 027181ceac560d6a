import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CapturedEvent } from '../capture/captured-event.ts';
import { openReadable, type OpenOptions } from '../store/database.ts';
import { temporaryFolder } from '../store/testing/temporary-store.ts';
import type { HookAck, WriterReport, WriterTask } from './thread-messages.ts';
import { createWriter, type Writer } from './writer.ts';

let folder: ReturnType<typeof temporaryFolder>;
let writer: Writer;
let tickets = 0;

beforeEach(() => {
  folder = temporaryFolder();
  writer = createWriter(file());
});
afterEach(() => {
  writer.close();
  folder.remove();
});

const file = () => join(folder.dir, 'memory.db');

function reopen(options: OpenOptions = {}): void {
  writer.close();
  writer = createWriter(file(), options);
}

/** What all of them come to when they are there at once. */
function commit(...tasks: WriterTask[]): WriterReport {
  const reports: WriterReport[] = [];
  writer.enqueue(tasks);
  writer.drain((report) => void reports.push(report));
  return {
    done: reports.flatMap(({ done }) => done),
    answers: reports.flatMap(({ answers }) => answers),
    results: reports.flatMap(({ results }) => results),
    failures: reports.flatMap(({ failures }) => failures),
    entries: reports.map(({ entries }) => entries).join(''),
    faults: reports.flatMap(({ faults }) => faults),
  };
}

function hook(fields: object, receivedAt = Date.now()): WriterTask {
  const body = JSON.stringify({ session_id: 's', cwd: '/shop', ...fields });
  return { kind: 'hook', ticket: ++tickets, body, sizeBytes: body.length, receivedAt };
}

function call(id: string, fields: object = {}, receivedAt?: number): WriterTask {
  const tool = { tool_name: 'Bash', tool_input: { command: `ls ${id}` }, tool_response: { stdout: 'x' } };
  return hook({ hook_event_name: 'PostToolUse', tool_use_id: id, ...tool, ...fields }, receivedAt);
}

type Operation = Extract<WriterTask, { kind: 'operation' }>;
const operation = (name: Operation['name'], argument: unknown): WriterTask => ({
  kind: 'operation',
  ticket: ++tickets,
  name,
  argument,
});

/** A task that no commit can hold: its payload is no JSON. */
function poison(): WriterTask {
  const event: CapturedEvent = {
    key: new Uint8Array([tickets]),
    source: 'transcript',
    name: 'PostToolUse',
    sessionId: 'poison',
    promptId: null,
    toolUseId: null,
    agentId: null,
    agentType: null,
    cwd: '/shop',
    transcriptPath: null,
    branch: null,
    model: null,
    occurredAt: 1,
    receivedAt: 1,
    originalBytes: 1,
    payload: { count: 1n },
  };
  const position = { inode: 'x', offsetBytes: 1, state: '{}' };
  return { kind: 'transcript', ticket: ++tickets, path: '/t/poison.jsonl', events: [event], position };
}

/** The first row. */
function one(sql: string): unknown {
  const { db, close } = openReadable(file());
  try {
    return db.prepare(sql).get();
  } finally {
    close();
  }
}

const answerOf = (report: WriterReport, task: WriterTask): HookAck | undefined =>
  report.answers.find(({ ticket }) => ticket === task.ticket)?.hook;

// Catches counters and a title that are lost when a program's change of the session is refused beside its hooks.
test('a refused change takes nothing of the hooks beside it along', () => {
  const change = operation('recordsChangeSession', { id: 's', change: { end_reason: 'later' }, at: 1 });
  const prompt = hook({ hook_event_name: 'UserPromptSubmit', prompt_id: 'p', prompt: 'Count the crates' });
  const { failures, done } = commit(prompt, call('t1'), change, call('t2'));
  expect(failures.map(({ error }) => error.code)).toEqual(['CONFLICT']);
  expect(done).toHaveLength(2);
  const session = one('SELECT title, prompt_count, observation_count FROM sessions');
  expect(session).toEqual({ title: 'Count the crates', prompt_count: 1, observation_count: 3 });
});

test('what spoils a commit costs only itself', () => {
  const [first, bad, last] = [call('t1'), poison(), call('t2')];
  const { done, failures, faults } = commit(first, bad, last);
  expect(done).toEqual([first.ticket, last.ticket]);
  expect(failures.map(({ ticket, error }) => [ticket, error.code])).toEqual([[bad.ticket, 'NOT_STORED']]);
  expect(faults).toHaveLength(1);
});

// Catches an agent that begins without its memory, because the first try of its commit counts as a start before.
test('a start beside a task that spoils the commit is no repeated one', () => {
  const start = hook({ hook_event_name: 'SessionStart', source: 'startup' });
  expect(answerOf(commit(start, poison()), start)?.wanted.map(({ kind }) => kind)).toEqual(['startup']);
  const again = hook({ hook_event_name: 'SessionStart', source: 'startup' });
  expect(answerOf(commit(again, poison()), again)).toBeUndefined();
});

// Catches a question that stays open in the window, although its call has run.
test('a question whose call ends beside a task that spoils the commit is over', () => {
  const asked = { tool_name: 'Bash', tool_input: { command: 'rm old' } };
  const ask = hook({ hook_event_name: 'PermissionRequest', ...asked });
  const id = answerOf(commit(ask), ask)?.permission?.id;
  const end = call('t1', asked);
  const report = commit(end, hook({ hook_event_name: 'Stop' }), poison());
  expect(answerOf(report, end)?.endedPermissions).toEqual([id]);
  expect(one('SELECT state FROM permission_requests')).toEqual({ state: 'withdrawn' });
});

// Catches a session that comes back by half: the second try of a step finds what the first one left.
test('a restore goes on beside a task that spoils the commit', () => {
  const calls = Array.from({ length: 150 }, (_, at) => call(`t${at}`));
  commit(...calls);
  commit(...Array.from({ length: 5 }, () => operation('recordsDeleteSession', { id: 's', at: 1 })));
  expect(one('SELECT count(*) AS left FROM sessions')).toEqual({ left: 0 });
  let step: unknown = 0;
  for (let steps = 0; typeof step === 'number'; steps++) {
    const restore = operation('recordsRestoreSession', { id: 's', at: 1, step });
    const report = commit(restore, poison());
    step = report.results.find(({ ticket }) => ticket === restore.ticket)?.value;
    // Events, observations and their session: more than one step, none of them done over.
    expect(steps).toBeLessThan(6);
  }
  expect(step).toBe('done');
  expect(one('SELECT observation_count FROM sessions')).toEqual({ observation_count: 150 });
  expect(one('SELECT count(*) AS events FROM events')).toEqual({ events: 150 });
  expect(one('SELECT count(*) AS rows FROM observation_terms')).toEqual({ rows: 150 });
});

// Catches a memory that cannot be opened while the disk is full, and a job that waits for a person because of it.
test('a full disk is said to be full, and the memory is written to as soon as there is room', () => {
  const longAgo = Date.now() - 48 * 60 * 60 * 1000;
  // The opening has something to write: it ends them.
  commit(...Array.from({ length: 200 }, (_, at) => call(`t${at}`, { session_id: `old-${at}` }, longAgo)));
  const ended = () => one(`SELECT count(*) AS ended FROM sessions WHERE status = 'ended'`);
  const long = 'one word and another '.repeat(2_000);
  const big = () => [
    call('big', { tool_response: { stdout: long } }),
    operation('recordsAddSession', { session: { id: 'big', agent: 'probe', cwd: '/shop', title: long }, at: 1 }),
  ];
  // No more than there are.
  reopen({ mostPages: 1 });
  expect(ended()).toEqual({ ended: 0 });
  const { failures, faults } = commit(...big());
  expect(failures.map(({ error }) => error.code)).toEqual(['NOT_STORED', 'NOT_STORED']);
  for (const { error } of failures) expect(error.message).toContain('The disk is full: free some space');
  expect(faults.join()).toContain('disk is full');
  expect(() => writer.maintain()).toThrow('disk is full');

  reopen();
  expect(ended()).toEqual({ ended: 200 });
  expect(commit(...big()).failures).toEqual([]);
});
