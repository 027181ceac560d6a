import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from '../../../shared/views.ts';
import { CursorError } from '../paging.ts';
import type { ObservationListQuery } from './observation-list.ts';
import { recordMemory, tellSession, type RecordMemory } from '../../worker/records/testing/record-memory.ts';

let memory: RecordMemory;
beforeAll(() => {
  memory = recordMemory();
  for (let n = 0; n < 5; n++) tellSession(memory, `s${n}`, `word${n}`, n % 2 === 0 ? '/shop' : '/blog');
  memory.db.exec(`
    UPDATE sessions SET agent = 'night-watch' WHERE id = 's3';
    INSERT INTO observation_marks SELECT pk, 'pinned', 1 FROM observations WHERE failed = 1;
    -- Two of the same moment, as a batch brings them.
    UPDATE observations SET occurred_at = (SELECT MIN(occurred_at) FROM observations) WHERE tool = 'Bash';`);
});
afterAll(() => memory.close());

interface Listed {
  id: string;
  session_id: string;
  occurred_at: string;
}

function everyPage<Row extends Listed>(
  list: (page: { cursor?: string | undefined; limit: number }) => Page<Row>,
): Row[] {
  const rows: Row[] = [];
  let cursor: string | undefined;
  let page = 0;
  do {
    const answer = list({ cursor, limit: 3 });
    page++;
    expect(answer.pagination).toMatchObject({ page, has_prev: page > 1, limit: 3 });
    rows.push(...answer.data);
    cursor = answer.pagination.next_cursor ?? undefined;
    expect(answer.pagination.has_next).toBe(cursor !== undefined);
    if (cursor === undefined) expect(answer.pagination).toMatchObject({ total: rows.length });
  } while (cursor !== undefined);
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  return rows;
}

const times = (rows: readonly Listed[]) => rows.map(({ occurred_at }) => occurred_at);
const project = (name: string) =>
  memory.db.prepare<[string], string>('SELECT id FROM projects WHERE name = ?').pluck().get(name) ?? '';

// Catches a page that skips or repeats rows of the same moment, and an order that is not the one that is told.
test('pages go through all rows once, in their order', () => {
  const observations = everyPage((page) => memory.read.listObservations(page));
  expect(observations).toHaveLength(20);
  expect(times(observations)).toEqual(times(observations).toSorted().toReversed());
  const prompts = everyPage((page) => memory.read.listPrompts(page));
  expect(prompts.map(({ session_id }) => session_id)).toEqual(['s4', 's3', 's2', 's1', 's0']);
  expect(everyPage((page) => memory.read.listMessages(page))).toHaveLength(5);
  memory.hook({ session_id: 's0', cwd: '/shop', hook_event_name: 'UserPromptSubmit', prompt_id: 'z', prompt: 'Go on' });
  const ofOne = everyPage((page) => memory.read.listPrompts({ ...page, session_id: 's0' }));
  expect(ofOne.map(({ text }) => text)).toEqual(['Repair the word0 queue', 'Go on']);
});

const filters: [string, Omit<ObservationListQuery, 'limit' | 'cursor'>, number][] = [
  ['a session', { session_id: 's1' }, 4],
  ['one that is not there', { session_id: 'never' }, 0],
  ['an agent', { agent: 'night-watch' }, 4],
  ['types', { types: ['request', 'conclusion'] }, 11],
  ['a tool', { tool: 'Bash' }, 5],
  ['failures', { failed: true }, 5],
  ['no failures', { failed: false }, 16],
  ['a mark', { mark: 'pinned' }, 5],
  ['the future', { since: '2126-01-01T00:00:00Z' }, 0],
  ['the past', { until: '2126-01-01T00:00:00Z' }, 21],
  ['several at once', { types: ['command'], failed: true, agent: 'claude-code', tool: 'Bash' }, 4],
];
test.each(filters)('observations are filtered by %s', (_, filter, count) => {
  expect(everyPage((page) => memory.read.listObservations({ ...filter, ...page }))).toHaveLength(count);
});

test('they are filtered by project, and single ones are found by id', () => {
  const rows = everyPage((page) => memory.read.listObservations({ ...page, project_id: project('blog') }));
  expect(new Set(rows.map(({ session_id }) => session_id))).toEqual(new Set(['s1', 's3']));
  const [prompt] = memory.read.listPrompts({ session_id: 's1', limit: 1 }).data;
  expect(memory.read.getPrompt(prompt?.id ?? '')).toEqual(prompt);
  const [message] = memory.read.listMessages({ session_id: 's3', limit: 1 }).data;
  expect(memory.read.getMessage(message?.id ?? '')).toEqual(message);
  expect(message).toMatchObject({ agent: 'night-watch', project: { name: 'blog' }, role: 'assistant', is_final: true });
  expect([memory.read.getPrompt('never'), memory.read.getMessage('never')]).toEqual([null, null]);
  expect(memory.read.listMessages({ agent: 'night-watch', limit: 9 }).data).toHaveLength(1);
  expect(() => memory.read.listObservations({ cursor: 'forged', limit: 3 })).toThrow(CursorError);
});

// Catches a cursor that another list takes for its own, or that skips what other filters would have let through.
test('a cursor goes on in the list that gave it, with the filters that it was made with', () => {
  type Ask = { cursor?: string | undefined; limit: number };
  const { read } = memory;
  const lists: Record<string, (ask: Ask) => Page<unknown>> = {
    sessions: (ask) => read.listSessions(ask),
    'sessions of a project': (ask) => read.listSessions({ ...ask, project_id: project('shop') }),
    'sessions that failed': (ask) => read.listSessions({ ...ask, failed_only: true }),
    'a timeline': (ask) => read.timeline({ ...ask, session_id: 's0' }),
    'another timeline': (ask) => read.timeline({ ...ask, session_id: 's1' }),
    observations: (ask) => read.listObservations(ask),
    'observations by a tool': (ask) => read.listObservations({ ...ask, tool: 'Bash' }),
    'observations of a session': (ask) => read.listObservations({ ...ask, session_id: 's0' }),
    prompts: (ask) => read.listPrompts(ask),
    messages: (ask) => read.listMessages(ask),
  };
  for (const [from, given] of Object.entries(lists)) {
    const cursor = given({ limit: 1 }).pagination.next_cursor ?? '';
    for (const [to, list] of Object.entries(lists)) {
      const ask = () => list({ limit: 2, cursor });
      if (to === from) expect(ask().data.length, from).toBeGreaterThan(0);
      else expect(ask, `${from} in ${to}`).toThrow(CursorError);
    }
  }
});

// Catches a total that is kept when rows came or went.
test('the total is that of the moment', () => {
  const total = () => memory.read.listPrompts({ limit: 1 }).pagination.total;
  const before = total();
  memory.hook({ session_id: 's4', cwd: '/shop', hook_event_name: 'UserPromptSubmit', prompt_id: 'y', prompt: 'More' });
  expect(total()).toBe(before + 1);
});

// Catches a list that reads and sorts a table of 100,000 rows for one page of it.
test('no page sorts, and no count reads the rows', () => {
  const plan = (sql: string) =>
    memory.db
      .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map(({ detail }) => detail)
      .join('\n');
  const page = 'AND (t.occurred_at, t.pk) < (9, 9) ORDER BY t.occurred_at DESC, t.pk DESC LIMIT 9';
  for (const table of ['observations', 'prompts', 'messages']) {
    expect(plan(`SELECT t.id FROM ${table} t JOIN sessions s ON s.pk = t.session_pk WHERE 1 ${page}`)).not.toContain(
      'TEMP B-TREE',
    );
  }
  for (const where of [`t.type IN ('a')`, 't.failed = 1', `t.tool = 'a'`, '+t.project_pk = 1']) {
    expect(plan(`SELECT COUNT(*) FROM observations t WHERE ${where}`)).toContain('COVERING INDEX observations_by');
    expect(plan(`SELECT t.id FROM observations t WHERE ${where} ${page}`)).not.toContain('TEMP B-TREE');
  }
});
