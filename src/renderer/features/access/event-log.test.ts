import { expect, test } from 'vitest';
import type { MemoryEvent } from '../../../shared/views.ts';
import { addEvents, detailsOf, groupOf, mostShown } from './event-log.ts';

function event(id: number, data: MemoryEvent['data'] = {}): MemoryEvent {
  return { id, type: 'session.updated', at: '2026-01-01T00:00:00.000Z', project_id: null, session_id: null, data };
}

test('stands newest first, shows none twice and keeps only the last ones', () => {
  const first = addEvents([], { events: [event(1), event(2)], gap: true });
  expect(first.map((shown) => shown.event.id)).toEqual([2, 1]);
  // What was there before the page is opened is no gap in what it shows.
  expect(first.every((shown) => !shown.afterGap)).toBe(true);

  const again = addEvents(first, { events: [event(2), event(5)], gap: true });
  expect(again.map((shown) => [shown.event.id, shown.afterGap])).toEqual([
    [5, true],
    [2, false],
    [1, false],
  ]);
  const many = addEvents(again, { events: Array.from({ length: 900 }, (_, n) => event(n + 6)), gap: false });
  expect(many).toHaveLength(mostShown);
  expect(many[0]?.event.id).toBe(905);
});

test('says what an event carries without what is empty', () => {
  expect(detailsOf(event(1, { title: 'Fix the lock', tool: null, count: 0, failed: false }))).toBe(
    'title: Fix the lock · count: 0 · failed: false',
  );
  expect(groupOf('permission.requested')).toBe('permission');
});
