import { afterEach, describe, expect, it } from 'vitest';
import type { OpenOptions } from '../../store/database.ts';
import { createVectorIndex } from './vector-index.ts';
import { between, createTestVectors, randomFrom, randomVector } from './test-vectors.ts';

const opened: { close(): void }[] = [];
afterEach(() => {
  for (const memory of opened.splice(0)) memory.close();
});

function open(options?: OpenOptions & { dimension?: number }) {
  const memory = createTestVectors(options);
  opened.push(memory);
  return memory;
}

const backends: [string, OpenOptions][] = [
  ['sqlite-vec', {}],
  ['table', { vectorBackend: 'table' }],
];

function onlyRows(pks: Iterable<number>, rows: number) {
  const allowed = new Uint8Array(rows + 1);
  for (const pk of pks) allowed[pk] = 1;
  return { allowed };
}

describe.each(backends)('%s', (backend, options) => {
  it('is the backend that was asked for', () => {
    expect(open(options).model.backend).toBe(backend);
  });

  // A filter that is applied to the nearest rows, and not to all, loses the one row that passes.
  it('finds the one eligible row of ten thousand behind nearer ones', () => {
    const memory = open(options);
    const random = randomFrom(7);
    const query = randomVector(random, 64);
    memory.transaction(() => {
      for (let row = 0; row < 10_000; row++) {
        const share = row % 2 === 0 ? 0.6 + 0.4 * random() : 0.3 * random();
        memory.add('row', between(query, randomVector(random, 64), share));
      }
    });
    memory.index.catchUp();
    expect(memory.index.size()).toBe(10_000);
    for (let seed = 0; seed < 200; seed++) {
      const eligible = 1 + Math.floor(random() * 10_000);
      const found = memory.index.nearest(query, onlyRows([eligible], 10_000), 1 + (seed % 50));
      expect([...found.pks]).toEqual([eligible]);
    }
  });

  it.each([3, 8, 32, 50, 64, 100, 256, 384, 1536])('gives exact cosines in %i dimensions', (dimension) => {
    const memory = open({ ...options, dimension });
    const random = randomFrom(dimension);
    const vectors = Array.from({ length: 150 }, () => randomVector(random, dimension));
    memory.transaction(() => {
      for (const vector of vectors) memory.add('row', vector);
    });
    memory.index.catchUp();
    const query = randomVector(random, dimension);
    const { pks, cosines } = memory.index.nearest(query, null, 40);
    const exact = vectors
      .map((vector, place) => ({
        pk: place + 1,
        cosine: vector.reduce((sum, value, at) => sum + value * (query[at] ?? 0), 0),
      }))
      .toSorted((one, other) => other.cosine - one.cosine);
    expect(pks).toHaveLength(40);
    for (const [place, pk] of pks.entries()) {
      const told = exact.find((row) => row.pk === pk)?.cosine ?? 0;
      expect(Math.abs((cosines[place] ?? 0) - told)).toBeLessThan(0.01);
      expect(Math.abs((exact[place]?.cosine ?? 0) - told)).toBeLessThan(0.01);
    }
    expect([...cosines]).toEqual([...cosines].toSorted((one, other) => other - one));
    expect(memory.index.cosines(query, [pks[0] ?? 0, 9_999]).get(pks[0] ?? 0)).toBeCloseTo(cosines[0] ?? 0, 6);
  });

  it('prefers the newest of rows that are the same', () => {
    const memory = open(options);
    const same = randomVector(randomFrom(1), 64);
    memory.transaction(() => {
      for (let row = 0; row < 3_000; row++) memory.add('row', same);
    });
    memory.index.catchUp();
    expect([...memory.index.nearest(same, null, 3).pks]).toEqual([3_000, 2_999, 2_998]);
  });

  it('forgets what was deleted, also when its pk is given to a new row', () => {
    const memory = open(options);
    const random = randomFrom(2);
    const [one, other, third] = [randomVector(random, 64), randomVector(random, 64), randomVector(random, 64)];
    memory.add('kept', one);
    const last = memory.add('last', other);
    memory.index.catchUp();
    memory.eraser.erase([last]);
    expect(memory.add('without a vector yet', null)).toBe(last);
    memory.index.catchUp();
    expect([...memory.index.nearest(other, null, 5).pks]).toEqual([1]);
    expect(memory.index.cosines(other, [last]).size).toBe(0);
    memory.edit(last, 'with one', third);
    memory.index.catchUp();
    expect(memory.index.cosines(third, [last]).get(last)).toBeGreaterThan(0.99);
  });

  // A cascade reaches neither the vectors nor readers; without the tombstones they would answer with ghosts.
  it('forgets a session that was deleted and not swept yet', () => {
    const memory = open(options);
    const random = randomFrom(3);
    const vector = randomVector(random, 64);
    memory.add('stays', randomVector(random, 64), { session: 1 });
    memory.add('goes', vector, { session: 2 });
    memory.index.catchUp();
    memory.writable.prepare('DELETE FROM sessions WHERE pk = 2').run();
    const fresh = createVectorIndex(memory.readable);
    for (const index of [memory.index, fresh]) {
      index.catchUp();
      expect([...index.nearest(vector, null, 5).pks]).toEqual([1]);
    }
    memory.eraser.sweep();
    const count = `SELECT count(*) FROM embedding_vectors_${memory.model.pk}`;
    expect(memory.writable.prepare(count).pluck().get()).toBe(1);
  });

  it('reads everything again when tombstones that it has not read were pruned', () => {
    const memory = open(options);
    const random = randomFrom(4);
    const vectors = Array.from({ length: 5 }, () => randomVector(random, 64));
    for (const vector of vectors) memory.add('row', vector);
    memory.index.catchUp();
    memory.eraser.erase([2, 4]);
    memory.writable.exec('DELETE FROM observation_tombstones');
    memory.index.catchUp();
    expect(memory.index.size()).toBe(3);
    expect(
      [...memory.index.nearest(vectors[1] ?? new Float32Array(64), null, 5).pks].toSorted((one, other) => one - other),
    ).toEqual([1, 3, 5]);
  });

  it('goes over to a model that is activated, and off when there is none', () => {
    const memory = open(options);
    memory.add('row', randomVector(randomFrom(5), 64));
    memory.index.catchUp();
    const next = memory.embeddings.create('other', 40, 1);
    const vector = randomVector(randomFrom(6), 40);
    memory.embeddings.put(next.pk, [{ pk: 1, revision: 1, contentHash: memory.hashOf('row'), vector }]);
    memory.index.catchUp();
    expect(memory.index.model()).toMatchObject({ modelId: 'test', dimension: 64 });
    memory.embeddings.activate(next.pk);
    while (memory.embeddings.clearRetired(1)) memory.index.catchUp();
    memory.index.catchUp();
    expect(memory.index.model()).toMatchObject({ modelId: 'other', dimension: 40 });
    expect([...memory.index.nearest(vector, null, 1).pks]).toEqual([1]);
    expect(() => memory.index.nearest(new Float32Array(64), null, 1)).toThrow(RangeError);
    memory.embeddings.retire(next.pk);
    memory.index.catchUp();
    expect(memory.index.model()).toBeNull();
    expect(memory.index.nearest(vector, null, 1).pks).toHaveLength(0);
  });

  it('is the same after thousands of changes as an index that is loaded at the end', () => {
    const memory = open(options);
    const random = randomFrom(11);
    const truth = new Map<number, Float32Array>();
    const sessions = new Map<number, number>();
    const pick = () => [...truth.keys()][Math.floor(random() * truth.size)] ?? 0;
    for (let round = 0; round < 60; round++) {
      memory.transaction(() => {
        for (let change = 0; change < 60; change++) {
          const vector = randomVector(random, 64);
          const dice = random();
          if (dice < 0.55 || truth.size === 0) {
            const session = 1 + Math.floor(random() * 30);
            const pk = memory.add(`row ${change}`, vector, { session });
            truth.set(pk, vector);
            sessions.set(pk, session);
          } else if (dice < 0.8) {
            const pk = pick();
            memory.edit(pk, `edited ${change}`, vector);
            truth.set(pk, vector);
          } else if (dice < 0.99) {
            const pk = random() < 0.3 ? Math.max(...truth.keys()) : pick();
            memory.eraser.erase([pk]);
            truth.delete(pk);
          } else {
            const session = sessions.get(pick()) ?? 1;
            memory.deleteSession(session);
            for (const [pk, own] of sessions) if (own === session) truth.delete(pk);
          }
        }
      });
      memory.index.catchUp();
      expect(memory.index.size()).toBe(truth.size);
    }
    const fresh = createVectorIndex(memory.readable);
    fresh.catchUp();
    for (let query = 0; query < 20; query++) {
      const wanted = randomVector(random, 64);
      const found = memory.index.nearest(wanted, null, 50);
      expect(found).toEqual(fresh.nearest(wanted, null, 50));
      for (const pk of found.pks) expect(truth.has(pk)).toBe(true);
    }
    for (const [pk, vector] of truth) expect(memory.index.cosines(vector, [pk]).get(pk)).toBeGreaterThan(0.99);
  });
});
