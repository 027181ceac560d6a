import { describe, expect, test } from 'vitest';
import type { Page, SessionView } from '../../../shared/views.ts';
import { mergeHead } from './merge-head.ts';

/** The later in this row, the longer ago. */
const byTime = ['now', 'w', 'x', 'y', 'z', 'new', ...'abcdef'];

function session(id: string, time = id): SessionView {
  return {
    id,
    project: { id: 'p', name: 'p' },
    agent: 'claude-code',
    title: id,
    cwd: '/',
    branch: null,
    model: null,
    status: 'active',
    end_reason: null,
    started_at: '2026-11-21T00:00:00.000Z',
    last_event_at: new Date(Date.UTC(2026, 10, 21) - byTime.indexOf(time) * 1_000).toISOString(),
    ended_at: null,
    prompt_count: 1,
    observation_count: 1,
    failure_count: 0,
    conclusion: null,
    mark: null,
  };
}

/** `e@now` had its last event now. */
function page(ids: string[], nextCursor: string | null, total = 9): Page<SessionView> {
  return {
    data: ids.map((text) => {
      const [id = '', time = id] = text.split('@');
      return session(id, time);
    }),
    pagination: {
      page: 1,
      limit: 3,
      total,
      total_pages: 3,
      has_next: nextCursor !== null,
      has_prev: false,
      next_cursor: nextCursor,
    },
  };
}

const old = { pages: [page(['a', 'b', 'c'], 'after-c'), page(['d', 'e', 'f'], null)], pageParams: [null, 'after-c'] };
const idsOf = (merged: ReturnType<typeof mergeHead>) => merged?.pages.map(({ data }) => data.map(({ id }) => id));

describe('a fresh first page over a list that is loaded in part', () => {
  // Catches: a session twice, one that vanishes between the pages, a cursor that skips rows.
  test('a session from further down moves to the top', () => {
    const merged = mergeHead(old, page(['e@now', 'a', 'b'], 'after-b'), new Set(['e']));
    expect(idsOf(merged)).toEqual([
      ['e', 'a', 'b', 'c'],
      ['d', 'f'],
    ]);
    expect(merged?.pages[0]?.pagination.next_cursor).toBe('after-c');
    expect(merged?.pageParams).toEqual([null, 'after-c']);
  });

  test('a new session pushes nothing out', () => {
    expect(idsOf(mergeHead(old, page(['new', 'a', 'b'], 'after-b', 10), new Set(['new'])))).toEqual([
      ['new', 'a', 'b', 'c'],
      ['d', 'e', 'f'],
    ]);
  });

  // Catches: an ended session that stays in the list of active ones.
  test('a changed session that no longer matches leaves', () => {
    expect(idsOf(mergeHead(old, page(['a', 'c', 'd'], 'after-d', 8), new Set(['b'])))).toEqual([
      ['a', 'c', 'd'],
      ['e', 'f'],
    ]);
  });

  // Catches: rows that are lost when more changed than one page holds.
  test('too many changes mean: read it all again', () => {
    expect(mergeHead(old, page(['x', 'y', 'z'], 'after-z', 12), new Set(['x', 'y', 'z', 'w']))).toBeNull();
  });

  // Catches: an old session that vanishes because its summary was made.
  test('a session further down that changed without an event of its own stays: read it all again', () => {
    expect(mergeHead(old, page(['a', 'b', 'c'], 'after-c'), new Set(['e']))).toBeNull();
  });

  // Catches: rows that are lost because one that was loaded is among those that are new, and its event is not here yet.
  test('a session that moved ahead of its event is no place to join the lists', () => {
    expect(mergeHead(old, page(['f@now', 'x', 'y'], 'after-y', 12), new Set(['x', 'y']))).toBeNull();
  });

  test('a list that fits on one page is taken as it is', () => {
    expect(idsOf(mergeHead(old, page(['a'], null, 1), new Set()))).toEqual([['a']]);
  });
});
