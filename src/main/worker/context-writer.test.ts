import { afterEach, beforeEach, expect, test } from 'vitest';
import type { InjectionKind } from '../../shared/context-views.ts';
import { parseHookBody } from '../capture/hook-payload.ts';
import { createLedger, type Ledger } from '../capture/ledger.ts';
import { nothing } from '../memory/context/assemble.ts';
import { observe } from '../memory/observe.ts';
import { createLexicalIndex } from '../search/lexical-index.ts';
import { temporaryStore } from '../store/testing/temporary-store.ts';
import { createContextWriter } from './context-writer.ts';

const onFault = (fault: unknown) => {
  throw fault;
};
let store: ReturnType<typeof temporaryStore>;
let ledger: Ledger;
let writer: ReturnType<typeof createContextWriter>;
let clock = Date.parse('2026-11-20T08:00:00Z');

beforeEach(() => {
  store = temporaryStore();
  ledger = createLedger(store.writable, { observe, index: createLexicalIndex(store.writable), onFault });
  writer = createContextWriter(store.writable, ledger, onFault);
});
afterEach(() => store.close());

/** The kinds that the answer to this hook is to carry. */
function due(session: string, name: string, rest: object): InjectionKind[] {
  clock += 10_000;
  const body = JSON.stringify({ session_id: session, cwd: '/a/shop', hook_event_name: name, ...rest });
  return parseHookBody(body, body.length, clock).events.flatMap((event) => {
    const recorded = ledger.apply(event);
    ledger.flush();
    const tracked = ledger.session(session);
    return tracked === null ? [] : writer.due(event, recorded, tracked).wanted.map(({ kind }) => kind);
  });
}

const start = (session: string, source: string) => due(session, 'SessionStart', { source });
const ask = (session: string, prompt: string) => due(session, 'UserPromptSubmit', { prompt, prompt_id: prompt });

/** What the worker says once an answer was taken; an agent that hung up is never told of. */
function given(sessionId: string, kind: InjectionKind): void {
  const what = { kind, agentId: null, promptId: null, prompt: null, file: null, preview: nothing(1_500, true) };
  writer.given({ kind: 'context-given', ticket: 1, sessionId, given: what, at: clock });
}

// Catches: only a first start being made up for; what was built for a later one and not taken was lost.
test.each([
  ['compact', 'compact', 'compact'],
  ['resume', 'resume', 'resume'],
  ['clear', 'clear', 'startup'],
] as const)('%s that was not taken comes with the prompts until one is', (source, kind, owed) => {
  start('asks', 'startup');
  given('asks', 'startup');
  expect(start('asks', source)).toEqual([kind]);
  expect(ask('others', 'one')).toEqual(['startup', 'prompt']);
  expect(ask('asks', 'one')).toEqual([owed, 'prompt']);
  given('asks', 'prompt');
  expect(ask('asks', 'two')).toEqual([owed, 'prompt']);
  given('asks', owed);
  expect(ask('asks', 'three')).toEqual(['prompt']);
});

test('a fork whose start was not taken is owed what is new, not all', () => {
  expect(start('fork', 'fork')).toEqual(['resume']);
  expect(ask('fork', 'one')).toEqual(['resume', 'prompt']);
});
