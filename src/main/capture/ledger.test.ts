import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { observe } from '../memory/observe.ts';
import { createLexicalIndex } from '../search/lexical-index.ts';
import { temporaryStore, type TemporaryStore } from '../store/testing/temporary-store.ts';
import { parseHookBody } from './hook-payload.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { recordedHooks, recordedSessions, recordedTranscript } from './testing/recorded.ts';
import { readTranscriptPiece } from './transcript-file.ts';

let store: TemporaryStore;
let ledger: Ledger;
beforeEach(() => {
  store = temporaryStore();
  ledger = openLedger();
});
afterEach(() => store.close());

function openLedger(): Ledger {
  const onFault = (fault: unknown) => {
    throw fault;
  };
  return createLedger(store.writable, { observe, index: createLexicalIndex(store.writable), onFault });
}

let clock = Date.parse('2026-11-21T03:00:00Z');

function post(body: string | object): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  for (const event of parseHookBody(text, Buffer.byteLength(text), ++clock).events) ledger.apply(event);
  ledger.flush();
}

async function importTranscript(path: string): Promise<void> {
  const piece = await readTranscriptPiece(path, null, ++clock);
  for (const event of piece?.events ?? []) ledger.apply(event);
  ledger.flush();
}

/** What the memory holds, without ids and times. */
function memory() {
  const all = (sql: string) => store.writable.prepare<[], object>(sql).all();
  return {
    sessions: all(
      `SELECT id, cwd, title, status, end_reason, prompt_count, observation_count, failure_count, conclusion FROM sessions ORDER BY id`,
    ),
    prompts: all(
      `SELECT s.id, p.prompt_id, p.text FROM prompts p JOIN sessions s ON s.pk = p.session_pk ORDER BY s.id, p.text`,
    ),
    messages: all(
      `SELECT s.id, m.agent_id, m.is_final, m.text FROM messages m JOIN sessions s ON s.pk = m.session_pk ORDER BY s.id, m.text`,
    ),
    observations: all(`
      SELECT s.id, o.type, o.tool, o.agent_id, o.prompt_id, o.title, o.subtitle, o.facts, o.narrative, o.files_read, o.files_changed, o.failed, o.term_count
      FROM observations o JOIN sessions s ON s.pk = o.session_pk JOIN events e ON e.pk = o.event_pk ORDER BY s.id, e.tool_use_id, o.type, o.title`),
    events: all(`SELECT name, source, tool_use_id, prompt_id, agent_id, payload FROM events ORDER BY event_key`),
    agents: all(`SELECT id, type FROM agents ORDER BY id`),
    indexed: all(`SELECT COUNT(*) AS rows FROM observation_terms`),
  };
}

/** A seeded shuffle that keeps the order within each session, as the network does. */
function interleave(queues: string[][], seed: number): string[] {
  const left = queues.map((queue) => [...queue]);
  const result: string[] = [];
  for (let step = 0; left.some((queue) => queue.length > 0); step++) {
    const waiting = left.filter((queue) => queue.length > 0);
    // Knuth's multiplicative hash: enough disorder, and the same in each run.
    const pick = Math.imul(step + seed * 7_919, 2_654_435_761) >>> 16;
    result.push(waiting[pick % waiting.length]?.shift() ?? '');
  }
  return result;
}

describe('recorded sessions', () => {
  test('each tool call, failure, prompt and final message is there once', () => {
    for (const body of recordedHooks('fix-lock-timeout')) post(body);
    const { observations, prompts, messages, sessions } = memory();
    expect(observations).toHaveLength(5 + 2 + 2);
    expect(observations.filter((row) => 'failed' in row && row.failed === 1)).toHaveLength(1);
    expect(prompts).toHaveLength(2);
    expect(messages).toHaveLength(2);
    expect(sessions).toMatchObject([{ status: 'ended', prompt_count: 2, observation_count: 9, failure_count: 1 }]);
  });

  test('a denied call, which no result hook reports, is there from the batch', () => {
    for (const body of recordedHooks('subagent-and-permission')) post(body);
    expect(memory().observations).toContainEqual(
      expect.objectContaining({ title: 'Remove the build folder', failed: 1 }),
    );
  });

  test('what a subagent did keeps its id', () => {
    for (const body of recordedHooks('subagent-and-permission')) post(body);
    const { observations, agents, messages } = memory();
    expect(agents).toEqual([{ id: 'ac3038386857f0a77', type: 'general-purpose' }]);
    expect(observations).toContainEqual(expect.objectContaining({ tool: 'Read', agent_id: 'ac3038386857f0a77' }));
    expect(messages).toContainEqual(expect.objectContaining({ agent_id: 'ac3038386857f0a77', is_final: 1 }));
  });

  test('hooks twice in any interleaving, and the transcripts besides, give the same rows as once', async () => {
    for (const name of recordedSessions) for (const body of recordedHooks(name)) post(body);
    for (const name of recordedSessions) await importTranscript(recordedTranscript(name));
    const once = memory();
    for (const seed of [1, 2, 3, 4]) {
      store.close();
      store = temporaryStore();
      ledger = openLedger();
      const bodies = interleave(
        [...recordedSessions, ...recordedSessions].map((name) => recordedHooks(name)),
        seed,
      );
      const middle = Math.floor((bodies.length * seed) / 5);
      for (const body of bodies.slice(0, middle)) post(body);
      for (const name of recordedSessions) await importTranscript(recordedTranscript(name));
      for (const body of bodies.slice(middle)) post(body);
      for (const name of recordedSessions) await importTranscript(recordedTranscript(name));
      expect(memory(), `seed ${seed}`).toEqual(once);
    }
  });

  test('a transcript alone has every tool call of the session', async () => {
    for (const name of recordedSessions) await importTranscript(recordedTranscript(name));
    const fromTranscript = memory();
    for (const name of recordedSessions) for (const body of recordedHooks(name)) post(body);
    const calls = (rows: object[]) =>
      rows.filter((row) => 'tool' in row && row.tool !== null && 'agent_id' in row && row.agent_id === null);
    expect(calls(fromTranscript.observations).map(withoutNarrative)).toEqual(
      calls(memory().observations).map(withoutNarrative),
    );
    expect(fromTranscript.prompts).toEqual(memory().prompts);
  });

  test('no byte of a secret or a private block is kept', async () => {
    for (const body of recordedHooks('zh-session')) post(body);
    await importTranscript(recordedTranscript('zh-session'));
    const kept = JSON.stringify(memory());
    expect(kept).not.toMatch(/AKIAIOSFODNN7EXAMPLE|sk-ant-api03|customers\.csv|客户名单/);
    expect(kept).toContain('[REDACTED:aws_key_id]');
  });
});

function withoutNarrative(row: object): object {
  return { ...row, narrative: null, term_count: 0 };
}

const common = { session_id: 's1', cwd: '/nowhere/shop', prompt_id: 'p1' };

describe('single events', () => {
  test('unknown events and fields are kept, without a session too', () => {
    post({ ...common, hook_event_name: 'SomethingNew', shape: { of: ['things', 'to come'] } });
    post({ hook_event_name: 'NoSession', detail: 1 });
    expect(memory().events).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'SomethingNew', payload: '{"shape":{"of":["things","to come"]}}' }),
        expect.objectContaining({ name: 'NoSession', payload: '{"detail":1}' }),
      ]),
    );
  });

  test('a result that comes before its hook from a batch is replaced, not doubled', () => {
    const call = { tool_name: 'Bash', tool_input: { command: 'npm test' }, tool_use_id: 't1' };
    post({ ...common, hook_event_name: 'PostToolBatch', tool_calls: [{ ...call, tool_response: 'ok' }] });
    post({ ...common, ...call, hook_event_name: 'PostToolUseFailure', error: 'Exit code 1\nboom' });
    const { observations, sessions } = memory();
    expect(observations).toMatchObject([{ title: 'npm test', failed: 1, subtitle: 'Exit code 1 · boom' }]);
    expect(sessions).toMatchObject([{ observation_count: 1, failure_count: 1 }]);
  });

  test('prompts that no person typed are no prompts', () => {
    post({ ...common, hook_event_name: 'UserPromptSubmit', prompt: '<task-notification>done</task-notification>' });
    expect(memory()).toMatchObject({ observations: [], prompts: [], events: [{ name: 'UserPromptSubmit' }] });
  });

  test('a transcript that corrects the time changes nothing else, in either order', async () => {
    const hook = { ...common, hook_event_name: 'PostToolUse', tool_use_id: 't1', tool_name: 'Bash', duration_ms: 12 };
    const result = { type: 'tool_result', tool_use_id: 't1', content: 'ok' };
    const path = join(store.dir, 'late.jsonl');
    const line = { sessionId: 's1', type: 'user', timestamp: '2026-11-20T00:00:00Z', message: { content: [result] } };
    writeFileSync(path, `${JSON.stringify(line)}\n`);
    post({ ...hook, tool_input: { command: 'npm test', description: 'Run tests' }, tool_response: { stdout: 'ok' } });
    const before = memory().observations;
    await importTranscript(path);
    expect(memory().observations).toEqual(before);
    expect(store.writable.prepare('SELECT occurred_at FROM observations').all()).toEqual([
      { occurred_at: Date.parse('2026-11-20T00:00:00Z') },
    ]);
  });

  test('a session that is resumed is active again, however often', () => {
    for (let round = 0; round < 2; round++) {
      post({ ...common, hook_event_name: 'SessionStart', source: 'resume' });
      expect(memory().sessions).toMatchObject([{ status: 'active', end_reason: null }]);
      post({ ...common, hook_event_name: 'SessionEnd', reason: 'other' });
      expect(memory().sessions).toMatchObject([{ status: 'ended', end_reason: 'other' }]);
    }
  });
});

const malformed: [name: string, body: string, code: string][] = [
  ['no JSON', '{"hook_event_name":', 'INVALID_JSON'],
  ['nothing', '', 'INVALID_JSON'],
  ['a list', '[]', 'INVALID_HOOK_EVENT'],
  ['a text', '"SessionStart"', 'INVALID_HOOK_EVENT'],
  ['null', 'null', 'INVALID_HOOK_EVENT'],
  ['no event name', '{"session_id":"s"}', 'INVALID_HOOK_EVENT'],
  ['a name that is no text', '{"hook_event_name":7}', 'INVALID_HOOK_EVENT'],
];

test.each(malformed)('a body with %s is refused with a code and advice', (_name, body, code) => {
  expect(() => parseHookBody(body, body.length, 0)).toThrow(expect.objectContaining({ code }));
});

const odd: [name: string, fields: object][] = [
  ['a session id that is no text', { hook_event_name: 'Stop', session_id: {} }],
  ['ids that are numbers', { hook_event_name: 'PostToolUse', tool_use_id: 5, prompt_id: 6, cwd: 7 }],
  ['a tool without a name', { hook_event_name: 'PostToolUse', tool_use_id: 't' }],
  ['an input that is a list', { hook_event_name: 'PostToolUse', tool_use_id: 't', tool_name: 'Edit', tool_input: [1] }],
  [
    'edits that are no list',
    { hook_event_name: 'PostToolUse', tool_use_id: 't', tool_name: 'MultiEdit', tool_input: { edits: 'x' } },
  ],
  ['a prompt that is no text', { hook_event_name: 'UserPromptSubmit', prompt: { a: 1 } }],
  ['a batch that is no list', { hook_event_name: 'PostToolBatch', tool_calls: 'none' }],
  ['a batch of odd calls', { hook_event_name: 'PostToolBatch', tool_calls: [null, 3, { tool_use_id: '' }] }],
  ['a last message that is no text', { hook_event_name: 'Stop', last_assistant_message: 5 }],
  [
    'a tool of a prototype name',
    { hook_event_name: 'PostToolUse', tool_use_id: 't', tool_name: 'constructor', tool_input: {} },
  ],
];

test.each(odd)('%s is kept in the ledger and breaks nothing', (_name, fields) => {
  post({ ...common, ...fields });
  expect(memory().events.length).toBeGreaterThan(0);
});
