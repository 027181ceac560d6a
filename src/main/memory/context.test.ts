import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLedger } from '../capture/ledger.ts';
import { parseHookBody } from '../capture/hook-payload.ts';
import { createLexicalIndex } from '../search/lexical-index.ts';
import { temporaryStore, type TemporaryStore } from '../store/testing/temporary-store.ts';
import { createContextBuilder, defaultBudgetTokens, type ContextBuilder } from './context.ts';
import { observe } from './observe.ts';

let store: TemporaryStore;
let builder: ContextBuilder;
let post: (body: object) => void;
let clock: number;

beforeEach(() => {
  store = temporaryStore();
  builder = createContextBuilder(store.readable);
  clock = Date.parse('2026-11-20T08:00:00Z');
  const onFault = (fault: unknown) => {
    throw fault;
  };
  const ledger = createLedger(store.writable, { observe, index: createLexicalIndex(store.writable), onFault });
  post = (body) => {
    const text = JSON.stringify(body);
    clock += 1_000;
    for (const event of parseHookBody(text, text.length, clock).events) ledger.apply(event);
    ledger.flush();
  };
});
afterEach(() => store.close());

function turn(session: string, cwd: string, asked: string, answered: string): void {
  const common = { session_id: session, cwd, prompt_id: `${session} ${asked}` };
  post({ ...common, hook_event_name: 'UserPromptSubmit', prompt: asked });
  post({
    ...common,
    hook_event_name: 'PostToolUse',
    tool_use_id: asked,
    tool_name: 'Edit',
    tool_input: { file_path: `${cwd}/${asked}.ts`, new_string: 'x' },
  });
  post({ ...common, hook_event_name: 'Stop', last_assistant_message: answered });
}

function pkOf(table: 'projects' | 'sessions', where: string): number {
  return (
    store.readable
      .prepare<[string], { pk: number }>(`SELECT pk FROM ${table} WHERE ${table === 'projects' ? 'root' : 'id'} = ?`)
      .get(where)?.pk ?? 0
  );
}

test('an empty memory says nothing', () => {
  turn('s1', '/a/shop', 'first', 'done');
  expect(builder.build(pkOf('projects', '/a/shop'), pkOf('sessions', 's1')).text).toBe('');
});

test('it tells of the project alone, without the session that asks, newest first, with ids that can be opened', () => {
  turn('s1', '/a/shop', 'fix the lock', 'It opens in WAL mode now.');
  turn('s2', '/b/other', 'plan the launch', 'The launch is secret.');
  turn('s3', '/a/shop', 'add limits', '限流已经加好。');
  turn('s4', '/a/shop', 'this one asks', 'not yet');
  const { text } = builder.build(pkOf('projects', '/a/shop'), pkOf('sessions', 's4'));
  expect(text).toContain('WAL mode');
  expect(text).toContain('限流已经加好。');
  expect(text.indexOf('add limits')).toBeLessThan(text.indexOf('fix the lock'));
  expect(text).not.toMatch(/launch|this one asks/);
  const id = /- ([0-9a-f-]{36}) /.exec(text)?.[1];
  expect(store.readable.prepare('SELECT type FROM observations WHERE id = ?').get(id)).toEqual({ type: 'change' });
});

test('it stays within its budget and below what Claude Code takes, whatever there is to tell', () => {
  const long = '很长的说明 with words '.repeat(200);
  for (let at = 0; at < 60; at++) turn(`s${at}`, '/a/shop', `${at} ${long}`, long);
  const context = builder.build(pkOf('projects', '/a/shop'), null);
  expect(context.tokens).toBeLessThanOrEqual(defaultBudgetTokens);
  expect(context.characters).toBeLessThan(10_000);
  expect(context.text.isWellFormed()).toBe(true);
  expect(context.sections.map((section) => section.name)).toEqual(['sessions', 'observations']);
  expect(builder.build(pkOf('projects', '/a/shop'), null, 200).tokens).toBeLessThanOrEqual(200);
});
