import { createLedger } from '../../capture/ledger.ts';
import { parseHookBody } from '../../capture/hook-payload.ts';
import { createLexicalIndex } from '../../search/lexical-index.ts';
import { createInjectionWriter, type NewInjection } from '../../store/tables/injections.ts';
import { createMarkWriter } from '../../store/tables/marks.ts';
import { temporaryStore } from '../../store/testing/temporary-store.ts';
import type { Mark } from '../../../shared/context-views.ts';
import { observe } from '../observe.ts';

/** One turn of a session, as hooks tell it. */
export interface Told {
  session: string;
  cwd?: string;
  asked: string;
  /** Nothing: the turn never came to an end. */
  answered?: string;
  /** Files that were edited, below `cwd` unless absolute. */
  changed?: readonly string[];
  /** Commands; an error makes one that failed. */
  ran?: readonly { command: string; description?: string; error?: string }[];
  /** The todo list after it. */
  todos?: readonly { content: string; status: string }[];
  /** After the answer. */
  events?: readonly Record<string, unknown>[];
}

/** A memory on disk that is told by hooks, through the real parser and ledger; a second passes with each. */
export function toldMemory() {
  const store = temporaryStore();
  const { writable: db } = store;
  let clock = Date.parse('2026-11-20T08:00:00Z');
  const onFault = (fault: unknown) => {
    throw fault;
  };
  const ledger = createLedger(db, { observe, index: createLexicalIndex(db), onFault });
  const marks = createMarkWriter(db);
  const injections = createInjectionWriter(db);

  function post(body: object): void {
    const text = JSON.stringify(body);
    clock += 1_000;
    for (const event of parseHookBody(text, text.length, clock).events) ledger.apply(event);
    ledger.flush();
  }

  let calls = 0;
  function tell({ session, cwd = '/a/shop', asked, answered, changed, ran, todos, events }: Told): void {
    const common = { session_id: session, cwd, prompt_id: `${session} ${asked}`.slice(0, 100) };
    const tool = (name: string, input: object, rest: object = {}) =>
      post({
        ...common,
        hook_event_name: 'PostToolUse',
        tool_use_id: `call ${++calls}`,
        tool_name: name,
        tool_input: input,
        ...rest,
      });
    post({ ...common, hook_event_name: 'UserPromptSubmit', prompt: asked });
    for (const file of changed ?? []) {
      tool('Edit', { file_path: file.startsWith('/') ? file : `${cwd}/${file}`, old_string: 'a', new_string: 'b' });
    }
    for (const { error, ...input } of ran ?? []) {
      const failed = { hook_event_name: 'PostToolUseFailure', error };
      tool('Bash', input, error === undefined ? { tool_response: { stdout: 'ok' } } : failed);
    }
    if (todos !== undefined) tool('TodoWrite', { todos });
    if (answered !== undefined) post({ ...common, hook_event_name: 'Stop', last_assistant_message: answered });
    for (const event of events ?? []) post({ ...common, ...event });
  }

  const pk = (table: 'projects' | 'sessions' | 'observations', column: string, value: string): number =>
    store.readable
      .prepare<[string], { pk: number }>(`SELECT pk FROM ${table} WHERE ${column} = ? ORDER BY pk DESC`)
      .get(value)?.pk ?? 0;

  return {
    db: store.readable,
    writable: db,
    /** In one transaction, as a busy worker commits. */
    tell: db.transaction(tell),
    post,
    project: (root = '/a/shop') => pk('projects', 'root', root),
    session: (id: string) => pk('sessions', 'id', id),
    /** The newest of that title. */
    observation: (title: string) => pk('observations', 'title', title),
    markObservation: (title: string, mark: Mark) =>
      marks.markObservation(pk('observations', 'title', title), mark, clock, 1),
    markSession: (id: string, mark: Mark) => marks.markSession(pk('sessions', 'id', id), mark, clock, 1),
    giveContext: (session: string) => ledger.markContextGiven(session, clock),
    /** To the main agent, unless said otherwise. */
    inject: (injection: Omit<NewInjection, 'at' | 'agentId'> & { agentId?: string | null }) =>
      injections.insert({ agentId: null, ...injection, at: clock }),
    now: () => clock,
    wait: (milliseconds: number) => void (clock += milliseconds),
    close: () => store.close(),
  };
}

export type ToldMemory = ReturnType<typeof toldMemory>;
