import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestVectors, randomFrom, randomVector } from '../../search/vectors/test-vectors.ts';
import type { ReadableDb } from '../database.ts';
import { createPendingReader, type PendingReader } from './pending-embeddings.ts';

let memory: ReturnType<typeof createTestVectors>;
beforeEach(() => void (memory = createTestVectors()));
afterEach(() => memory.close());

const random = randomFrom(3);
const vector = () => randomVector(random, 64);

/** Everything that waits, asked for in steps as the job does; `embed` is what becomes of each step. */
function drain(pending: PendingReader, limit: number, embed: (pks: number[]) => void = embedAll): number[] {
  const seen: number[] = [];
  for (let complete = false; !complete;) {
    const step = pending.next(memory.model.pk, limit);
    ({ complete } = step);
    const pks = step.rows.map(({ pk }) => pk);
    embed(pks);
    seen.push(...pks);
  }
  return seen;
}

function embedAll(pks: number[]): void {
  const revision = memory.readable.prepare<[number], number>('SELECT revision FROM observations WHERE pk = ?').pluck();
  const rows = pks.map((pk) => ({
    pk,
    revision: revision.get(pk) ?? 0,
    contentHash: memory.hashOf(''),
    vector: vector(),
  }));
  memory.put(rows);
}

test('tells rows without a vector and those that changed since, newest first, and nothing twice', () => {
  const bare = [memory.add('one', null), memory.add('two', null)];
  const embedded = [memory.add('three', vector()), memory.add('four', vector())];
  const pending = createPendingReader(memory.readable);
  memory.edit(embedded[0] ?? 0, 'three, changed', null);
  const { rows, complete } = pending.next(memory.model.pk, 10);
  expect(rows.map(({ pk }) => pk)).toEqual([embedded[0], ...bare.toReversed()]);
  expect(rows.map(({ contentHash }) => contentHash?.toString())).toEqual(['three', undefined, undefined]);
  expect(complete).toBe(true);
  embedAll(rows.map(({ pk }) => pk));
  expect(pending.next(memory.model.pk, 10)).toEqual({ rows: [], complete: true });
  const late = memory.add('five', null);
  expect(drain(pending, 10)).toEqual([late]);
});

// Catches rows that are lost between two steps, whatever the limit; 1 cuts every revision.
test.each([1, 2, 7, 64])('%i at a time tell every row exactly once', (limit) => {
  const pks = Array.from({ length: 40 }, (_, n) => memory.add(`row ${n}`, n % 5 === 0 ? vector() : null));
  const waiting = pks.filter((_pk, n) => n % 5 !== 0).toReversed();
  expect(drain(createPendingReader(memory.readable), limit)).toEqual(waiting);
});

test('rows of one revision are all told, also when the limit cuts them apart', () => {
  const pks = Array.from({ length: 9 }, (_, n) => memory.add(`row ${n}`, null));
  memory.writable.exec('UPDATE observations SET revision = 100');
  expect(drain(createPendingReader(memory.readable), 4).toSorted((one, other) => one - other)).toEqual(pks);
});

test('a batch that failed is told again, before older rows', () => {
  const pks = Array.from({ length: 6 }, (_, n) => memory.add(`row ${n}`, null)).toReversed();
  const pending = createPendingReader(memory.readable);
  const told = () => pending.next(memory.model.pk, 2).rows.map(({ pk }) => pk);
  expect([told(), told()]).toEqual([pks.slice(0, 2), pks.slice(0, 2)]);
  const late = memory.add('late', null);
  embedAll(pks.slice(0, 1));
  expect(told()).toEqual([pks[1], late]);
});

test('rows that were deleted meanwhile are not told', () => {
  const [first = 0, ...others] = Array.from({ length: 4 }, (_, n) =>
    memory.add(`row ${n}`, null, { session: 1 + (n % 2) }),
  );
  const pending = createPendingReader(memory.readable);
  pending.next(memory.model.pk, 10);
  memory.deleteSession(2);
  expect(pending.next(memory.model.pk, 10).rows.map(({ pk }) => pk)).toEqual([others[1], first]);
});

test('each model has its own progress; one that comes later is told every row', () => {
  const pks = [memory.add('one', vector()), memory.add('two', vector())];
  const pending = createPendingReader(memory.readable);
  expect(drain(pending, 10)).toEqual([]);
  const next = memory.embeddings.create('next', 64, 0);
  memory.embeddings.retire(memory.model.pk);
  expect(pending.next(next.pk, 10).rows.map(({ pk }) => pk)).toEqual(pks.toReversed());
  memory.embeddings.clearRetired(10);
  expect(pending.next(next.pk, 10).rows).toHaveLength(2);
});

test('vectors that were taken away are found once they are looked for again', () => {
  const pk = memory.add('one', vector());
  const pending = createPendingReader(memory.readable);
  expect(drain(pending, 10)).toEqual([]);
  memory.embeddings.remove([pk]);
  expect(drain(pending, 10)).toEqual([]);
  pending.lookAgain();
  expect(drain(pending, 10)).toEqual([pk]);
});

/** The same connection, which notes the statements that are prepared on it. */
function noting(db: ReadableDb): { db: ReadableDb; statements: string[] } {
  const statements: string[] = [];
  const prepare: ReadableDb['prepare'] = (sql: string) => {
    statements.push(sql);
    return db.prepare(sql);
  };
  return { db: { ...db, prepare }, statements };
}

// Catches a step that walks the table: it would be a million rows each time that one was written.
test('no step walks all rows or sorts them', () => {
  const { db, statements } = noting(memory.readable);
  createPendingReader(db);
  expect(statements).toHaveLength(3);
  for (const sql of statements) {
    const plan = memory.readable
      .prepare<[object], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all({ model: 1, low: 0, high: 1, limit: 1, pks: '[]' })
      .map(({ detail }) => detail);
    const steps = plan.filter((detail) => !detail.startsWith('SCAN given'));
    expect(steps.filter((detail) => detail.startsWith('SCAN'))).toEqual([]);
    if (sql.includes('INDEXED BY')) expect(plan.join('\n')).not.toContain('TEMP B-TREE');
  }
});
