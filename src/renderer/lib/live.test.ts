import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { MemoryEvent } from '../../shared/views.ts';
import { createCoalescer, mentionedIds, type LiveBatch } from './live.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const event = (id: number): MemoryEvent => ({
  id,
  type: 'observation.created',
  at: '2026-11-21T00:00:00.000Z',
  project_id: 'p',
  session_id: 's',
  data: { id: `observation-${id}`, failed: false, count: 3 },
});

// Catches: a screen that is drawn for every event of a busy agent, and a gap that is dropped.
test('hands on once per interval what came in between', () => {
  const deliver = vi.fn<(batch: LiveBatch) => void>();
  const coalescer = createCoalescer(deliver, 250);
  for (let id = 1; id <= 40; id += 1) coalescer.push(event(id));
  coalescer.push({ type: 'gap', after: 40, next: 90 });
  expect(deliver).not.toHaveBeenCalled();
  vi.advanceTimersByTime(250);
  coalescer.push(event(91));
  vi.advanceTimersByTime(250);
  const batches = deliver.mock.calls.map(([batch]: { events: MemoryEvent[]; gap: boolean }[]) => [
    batch?.events.length,
    batch?.gap,
  ]);
  expect(batches).toEqual([
    [40, true],
    [1, false],
  ]);
});

// Catches: an agent that waits a quarter of a second longer than it has to, or news that overtake older ones.
test('hands on at once what an agent waits for, after all that came before', () => {
  const deliver = vi.fn<(batch: LiveBatch) => void>();
  const coalescer = createCoalescer(deliver, 250);
  coalescer.push(event(1));
  coalescer.push({ ...event(2), type: 'permission.requested' });
  expect(deliver.mock.calls.map(([{ events }]) => events.map(({ id }) => id))).toEqual([[1, 2]]);
  vi.advanceTimersByTime(250);
  expect(deliver).toHaveBeenCalledOnce();
});

test('delivers nothing after its stop', () => {
  const deliver = vi.fn<(batch: LiveBatch) => void>();
  const coalescer = createCoalescer(deliver, 250);
  coalescer.push(event(1));
  coalescer.stop();
  vi.advanceTimersByTime(1000);
  expect(deliver).not.toHaveBeenCalled();
});

test('finds the ids that events mention', () => {
  expect(mentionedIds([event(1), event(2)])).toEqual(new Set(['observation-1', 'observation-2']));
});
