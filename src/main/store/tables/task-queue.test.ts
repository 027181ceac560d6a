import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { temporaryStore, type TemporaryStore } from '../testing/temporary-store.ts';
import { createTaskQueueReader } from './task-queue-reader.ts';
import { createTaskQueueWriter, type NewTask, type TaskQueueWriter, type TaskRow } from './task-queue.ts';

let store: TemporaryStore;
let queue: TaskQueueWriter;
beforeEach(() => {
  store = temporaryStore();
  queue = createTaskQueueWriter(store.writable);
});
afterEach(() => store.close());

const now = 1_000_000;
const task = (more: Partial<NewTask> = {}): NewTask => ({
  kind: 'learn',
  key: 'k',
  payload: '{"final":false}',
  projectPk: null,
  sessionPk: null,
  priority: 0,
  runAfter: now,
  ...more,
});
const kinds = ['learn', 'summarise'] as const;
const claim = (at = now, lease = 'mine') =>
  queue.claim({ lease, until: at + 60_000, now: at, kinds, leastPriority: -Infinity });
const find = (id: string): TaskRow => {
  const row = queue.find(id);
  if (row === null) throw new Error(`There is no ${id}.`);
  return row;
};
const stateOf = (id: string) => queue.find(id)?.state;
const runAfterOf = (id: string) =>
  store.writable.prepare<[string], number>('SELECT run_after FROM task_queue WHERE id = ?').pluck().get(id);
const payloadOf = (id: string) =>
  store.writable.prepare<[string], string>('SELECT payload FROM task_queue WHERE id = ?').pluck().get(id);

// Catches a job that goes before a more urgent one, or before its time, or of a kind that stands still.
test('the more urgent goes first, then the one that is due the longest, and none before its time', () => {
  const ids = {
    late: queue.enqueue(task({ key: 'late', runAfter: now - 1 }), now),
    early: queue.enqueue(task({ key: 'early', runAfter: now - 9 }), now),
    urgent: queue.enqueue(task({ key: 'urgent', priority: 10 }), now),
    future: queue.enqueue(task({ key: 'future', priority: 99, runAfter: now + 1 }), now),
    other: queue.enqueue(task({ key: 'other', kind: 'backup', priority: 99 }), now),
  };
  expect([claim()?.id, claim()?.id, claim()?.id, claim()?.id]).toEqual([ids.urgent, ids.early, ids.late, undefined]);
  expect(queue.nextAt(kinds, now)).toBe(now + 1);
  expect(stateOf(ids.other)).toBe('waiting');
});

describe('the same key', () => {
  // Catches a turn that is learnt from twice because two hooks came.
  test('waits once, with the latest payload, and what is asked for over and over is not put off for ever', () => {
    const id = queue.enqueue(task({ runAfter: now + 8_000 }), now);
    for (let at = now; at < now + 300_000; at += 4_000) {
      expect(queue.enqueue(task({ payload: '{"final":true}', runAfter: at + 8_000 }), at)).toBe(id);
    }
    expect(payloadOf(id)).toBe('{"final":true}');
    expect(runAfterOf(id)).toBe(now + 60_000);
  });

  // Catches a hook that takes the person's own wish out of the queue, and a person who waits for a hook's delay.
  test('keeps what a person asked for, and a person moves it to now', () => {
    const id = queue.enqueue(task({ runAfter: now + 8_000 }), now);
    queue.enqueue(task({ payload: '{"force":true}', priority: 10 }), now);
    queue.enqueue(task({ payload: '{"force":false}', runAfter: now + 9_000 }), now);
    expect([payloadOf(id), runAfterOf(id)]).toEqual(['{"force":true}', now + 9_000]);
  });

  // Catches a session that rules do not learn from until midnight, because its last end had no money for a model.
  test('what waits for money runs for news all the same; what waits for the other side does not', () => {
    for (const failureClass of ['cap', 'rate_limit'] as const) {
      const key = failureClass;
      const id = queue.enqueue(task({ key }), now);
      claim();
      const next = { runAfter: now + 86_400_000, attempts: 0, now };
      queue.retry(find(id), { class: failureClass, message: 'Later.' }, next);
      expect(queue.enqueue(task({ key, runAfter: now + 8_000 }), now)).toBe(id);
      expect(runAfterOf(id)).toBe(now + (failureClass === 'cap' ? 8_000 : 86_400_000));
    }
  });

  // Catches jobs that wait for a year because the clock was a year ahead for a minute.
  test('a clock that was ahead holds nothing back once it is right', () => {
    const ahead = now + 31_536_000_000;
    const early = queue.enqueue(task({ key: 'early', runAfter: ahead + 8_000 }), ahead);
    const late = queue.enqueue(task({ key: 'late', runAfter: now + 8_000 }), now);
    expect(queue.bringBack(now)).toBe(1);
    expect([runAfterOf(early), runAfterOf(late)]).toEqual([now, now + 8_000]);
  });

  // Catches two runs of the same work at the same time.
  test('runs once at a time; what came meanwhile runs after it', () => {
    const first = queue.enqueue(task(), now);
    expect(claim()?.id).toBe(first);
    const second = queue.enqueue(task(), now);
    expect([second === first, claim()]).toEqual([false, null]);
    queue.finish(find(first), 'Done.', now);
    expect(claim()?.id).toBe(second);
  });

  // Catches the unique index that a failed job runs into when the same work was queued meanwhile.
  test('a job that fails while it was queued anew leaves the work to the new one, with the back-off', () => {
    const first = queue.enqueue(task(), now);
    claim();
    const second = queue.enqueue(task(), now);
    queue.retry(find(first), { class: 'transient', message: 'x' }, { runAfter: now + 5_000, attempts: 1, now });
    expect([stateOf(first), stateOf(second), runAfterOf(second)]).toEqual(['cancelled', 'waiting', now + 5_000]);
  });

  test('retrying a parked job whose work waits anew hurries that one', () => {
    const first = queue.enqueue(task(), now);
    claim();
    queue.park(find(first), { class: 'auth', message: 'x' }, now);
    const second = queue.enqueue(task({ runAfter: now + 9_000 }), now);
    expect(queue.hurry(find(first), 10, now)).toBe(second);
    expect([stateOf(first), claim()?.id]).toEqual(['cancelled', second]);
  });

  // Catches a hook that wakes a job which was told to wait by the provider.
  test('does not shorten a back-off', () => {
    const id = queue.enqueue(task(), now);
    claim();
    queue.retry(find(id), { class: 'rate_limit', message: 'x' }, { runAfter: now + 90_000, attempts: 1, now });
    queue.enqueue(task({ runAfter: now + 1 }), now);
    expect(runAfterOf(id)).toBe(now + 90_000);
  });
});

type End = (row: TaskRow) => void;
const ends: [string, End, string][] = [
  ['finished', (row) => queue.finish(row, 'Done.', now), 'done'],
  ['parked', (row) => queue.park(row, { class: 'bug', message: 'x' }, now), 'parked'],
  ['cancelled', (row) => queue.cancel(row, now), 'cancelled'],
  [
    'failed for a while',
    (row) => queue.retry(row, { class: 'transient', message: 'x' }, { runAfter: now + 1, attempts: 1, now }),
    'waiting',
  ],
  ['released', (row) => queue.release(row, now), 'waiting'],
];

// Catches a runner that ends, renews or reports on a job that is no longer its own.
test.each(ends)('a job that was %s holds no lease any more', (_, end, state) => {
  const id = queue.enqueue(task(), now);
  const held = { id, lease: 'mine' };
  expect(claim()?.attempts).toBe(1);
  expect([queue.renew(held, now + 1), queue.renew({ id, lease: 'other' }, now + 1)]).toEqual([true, false]);
  end(find(id));
  expect(stateOf(id)).toBe(state);
  expect([queue.held(held), queue.renew(held, now)]).toEqual([null, false]);
  queue.progress(held, 1, 2, now + 90_000);
  expect(createTaskQueueReader(store.readable, () => 6).get(id, now)?.progress).toBeNull();
});

// Catches leases that never run out, and one that runs out while it is renewed.
test('a lease that was not renewed in time is overdue', () => {
  const id = queue.enqueue(task(), now);
  claim();
  expect(queue.overdue(now + 60_000)).toEqual([]);
  queue.renew({ id, lease: 'mine' }, now + 100_000);
  expect(queue.overdue(now + 90_000)).toEqual([]);
  expect(queue.overdue(now + 100_001).map((row) => row.id)).toEqual([id]);
});

test('an attempt that is released does not count', () => {
  const id = queue.enqueue(task(), now);
  claim();
  queue.release(find(id), now);
  expect(claim()?.attempts).toBe(1);
});

// Catches a person who sets a higher cap and whose jobs still wait for midnight.
test('only jobs that wait for money are let go', () => {
  const [capped, limited] = ['capped', 'limited'].map((key) => queue.enqueue(task({ key }), now));
  for (const [id, failure] of [[capped, 'cap'] as const, [limited, 'rate_limit'] as const]) {
    claim();
    queue.retry(find(id ?? ''), { class: failure, message: 'x' }, { runAfter: now + 9_000, attempts: 0, now });
  }
  expect(queue.releaseCapped(now)).toBe(1);
  expect([runAfterOf(capped ?? ''), runAfterOf(limited ?? '')]).toEqual([now, now + 9_000]);
});

describe('the list', () => {
  const pages = (limit: number, states?: TaskRow['state'][]) => {
    const reader = createTaskQueueReader(store.readable, () => 6);
    const found: string[] = [];
    let cursor: string | undefined;
    let total = 0;
    do {
      const page = reader.list({ states, cursor, limit }, now);
      found.push(...page.data.map(({ id }) => id));
      total = page.pagination.total;
      cursor = page.pagination.next_cursor ?? undefined;
    } while (cursor !== undefined);
    return { found, total };
  };

  // Catches a cursor that loses or repeats rows where the order changes from running to waiting to ended.
  test.each([1, 2, 3, 100])('shows each once in pages of %i: running, waiting by turn, ended newest first', (limit) => {
    const add = (key: string, more: Partial<NewTask> = {}) => queue.enqueue(task({ key, ...more }), now);
    const [old, recent] = [add('old'), add('recent')];
    for (const [id, at] of [[old, 5] as const, [recent, 9] as const]) {
      claim();
      queue.finish(find(id), 'Done.', now + at);
    }
    const parked = add('parked');
    claim();
    queue.park(find(parked), { class: 'auth', message: 'The key was refused.' }, now + 7);
    const running = add('running');
    claim();
    const later = add('later', { runAfter: now + 2 });
    const soon = add('soon', { runAfter: now + 1 });
    const urgent = add('urgent', { runAfter: now + 3, priority: 5 });
    expect(pages(limit)).toEqual({ found: [running, urgent, soon, later, recent, parked, old], total: 7 });
    expect(pages(limit, ['parked', 'waiting'])).toEqual({ found: [urgent, soon, later, parked], total: 4 });
  });

  test('tells why it failed, what it cost and how far it is', () => {
    const id = queue.enqueue(task({ payload: '{"scope":"turn","deep":{"no":1},"force":false}' }), now);
    claim();
    store.writable.exec(`
      INSERT INTO model_calls (id, purpose, job_pk, provider, model, request_hash, state, input_tokens, output_tokens,
        cache_read_tokens, cost_micros, started_at)
      SELECT 'c' || value, 'learn', (SELECT pk FROM task_queue), 'p', 'm', x'00', 'answered', 10, 5, 100, 1500, 1
      FROM json_each('[1,2]')`);
    queue.progress({ id, lease: 'mine' }, 3, 8, now + 60_000);
    queue.retry(find(id), { class: 'transient', message: 'It hung.' }, { runAfter: now + 7, attempts: 1, now });
    expect(createTaskQueueReader(store.readable, () => 6).get(id, now)).toMatchObject({
      state: 'waiting',
      details: { scope: 'turn', force: false },
      attempts: 1,
      most_attempts: 6,
      run_after: new Date(now + 7).toISOString(),
      failure: { class: 'transient', message: 'It hung.' },
      cost: { input_tokens: 220, output_tokens: 10, cost_usd: 0.003 },
      progress: null,
    });
  });

  test('old ended jobs go, parked ones later, waiting ones never', () => {
    const [done, parked, waiting] = ['done', 'parked', 'waiting'].map((key) => queue.enqueue(task({ key }), now));
    claim();
    queue.finish(find(done ?? ''), 'Done.', now);
    claim();
    queue.park(find(parked ?? ''), { class: 'auth', message: 'x' }, now);
    const some = { kept: 100, most: 100 };
    expect(queue.prune({ ...some, before: now + 1, parkedBefore: now })).toBe(1);
    expect(pages(10).found).toEqual([waiting, parked]);
    expect(queue.prune({ ...some, before: now + 1, parkedBefore: now + 1 })).toBe(1);
    expect(pages(10).found).toEqual([waiting]);
    expect(queue.prune({ ...some, before: now + 1, parkedBefore: now + 1 })).toBe(0);
  });

  // Catches: a commit that holds up every hook for as long as a year's jobs take to go.
  test('of many that go only so many do at once, the newest beyond the bound among them last', () => {
    const ids = Array.from({ length: 7 }, (_, at) => {
      const id = queue.enqueue(task({ key: `${at}` }), now);
      claim();
      queue.finish(find(id), 'Done.', now);
      return id;
    });
    const limits = { before: now, parkedBefore: now, kept: 3, most: 3 };
    expect([queue.prune(limits), queue.prune(limits), queue.prune(limits)]).toEqual([3, 1, 0]);
    expect(new Set(pages(10).found)).toEqual(new Set(ids.slice(4)));
  });
});
