import { afterEach, beforeEach, expect, test } from 'vitest';
import { observe } from '../memory/observe.ts';
import { createLexicalIndex } from '../search/lexical-index.ts';
import { temporaryStore, type TemporaryStore } from '../store/testing/temporary-store.ts';
import { parseHookBody } from './hook-payload.ts';
import { createLedger, type Ledger } from './ledger.ts';

let store: TemporaryStore;
let ledger: Ledger;
beforeEach(() => {
  store = temporaryStore();
  const onFault = expect.unreachable;
  ledger = createLedger(store.writable, { observe, index: createLexicalIndex(store.writable), onFault });
});
afterEach(() => store.close());

let clock = Date.parse('2026-11-21T03:00:00Z');

const sessions = () =>
  store.readable.prepare<[], object>('SELECT title, status, prompt_count, observation_count FROM sessions').all();
const count = (table: string) => store.readable.prepare<[], number>(`SELECT count(*) FROM ${table}`).pluck().get();

// Catches a window that hears of something that was taken back.
test('a part of a batch that fails leaves neither rows nor entries, and the others keep theirs', () => {
  const log = (id: string) =>
    ledger.log({ type: 'memory.changed', at: 0, projectPk: null, sessionPk: null, data: { memory_id: id } });
  ledger.listen(true);
  log('before');
  expect(() =>
    ledger.savepoint(() => {
      log('refused');
      throw new Error('It cannot be done.');
    }),
  ).toThrow('It cannot be done.');
  expect(ledger.savepoint(() => log('after'))).toBeGreaterThan(0);
  const kept = store.readable.prepare<[], string>('SELECT data FROM event_log ORDER BY id').pluck().all();
  expect(kept).toEqual(['{"memory_id":"before"}', '{"memory_id":"after"}']);
  expect(ledger.flush().map(({ data }) => data)).toEqual([{ memory_id: 'before' }, { memory_id: 'after' }]);
});

const take = (fields: object) => {
  const text = JSON.stringify({ session_id: 's1', cwd: '/nowhere/shop', ...fields });
  for (const event of parseHookBody(text, text.length, ++clock).events) ledger.apply(event);
};
const prompt = { hook_event_name: 'UserPromptSubmit', prompt_id: 'p', prompt: 'Count the crates' };
const call = (id: string) => ({
  hook_event_name: 'PostToolUse',
  tool_use_id: id,
  tool_name: 'Bash',
  tool_input: { command: `ls ${id}` },
  tool_response: { stdout: 'x' },
});
const refuse = (part: () => void) => {
  const refused = () => {
    part();
    throw new Error('It cannot be done.');
  };
  expect(() => ledger.savepoint(refused)).toThrow('It cannot be done.');
};
const batch = (part: () => void) => store.writable.transaction(part)();
const told = () => ledger.flush().filter(({ type }) => type === 'session.updated');

// Catches counters, a title and an end that a refused change of the session takes along: nothing adds them up again.
test('a part of a batch that is refused takes back nothing of the events beside it', () => {
  ledger.listen(true);
  batch(() => {
    take(prompt);
    take(call('t1'));
    refuse(() => ledger.forget('s1'));
    take(call('t2'));
    refuse(() => take(call('t3')));
    take({ hook_event_name: 'SessionEnd', reason: 'other' });
    refuse(() => ledger.forget('s1'));
    expect(told()).toHaveLength(1);
  });
  const counted = { title: 'Count the crates', prompt_count: 1, observation_count: 3, status: 'ended' };
  expect(sessions()).toMatchObject([counted]);
  // The prompt and two calls.
  expect(count('observations')).toBe(3);
});

// Catches a session that is held in memory although its row was taken back: its next event would hang on no row.
test('a part of a batch that is refused leaves no session behind that began in it', () => {
  ledger.listen(true);
  batch(() => {
    refuse(() => take(prompt));
    take(call('t1'));
    expect(told()).toHaveLength(1);
  });
  expect(sessions()).toMatchObject([{ title: null, prompt_count: 0, observation_count: 1 }]);
  expect(count('prompts')).toBe(0);
});
