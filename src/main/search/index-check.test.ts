import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSound } from '../../shared/index-views.ts';
import { checkIndexes, createIndexMender } from './index-check.ts';
import { createSearcher } from './searcher.ts';
import { createPendingReader } from '../store/tables/pending-embeddings.ts';
import { createTestVectors, randomFrom, randomVector } from './vectors/test-vectors.ts';

let memory: ReturnType<typeof createTestVectors>;
beforeEach(() => {
  memory = createTestVectors();
});
afterEach(() => {
  memory.close();
});

const words =
  'gradle timeout writer cache lock branch token schema retry handler parser render router worker queue 登录超时 数据库死锁 缓存失效'.split(
    ' ',
  );

function check() {
  return checkIndexes(memory.readable, ({ title }) => memory.hashOf(title));
}

function vocabulary(): unknown[] {
  return memory.writable.prepare('SELECT term, doc FROM observation_term_instances ORDER BY term, doc').raw().all();
}

function mender() {
  return createIndexMender(memory.writable, memory.lexical, memory.embeddings, memory.eraser);
}

describe('checkIndexes', () => {
  it('finds rows without terms, with others, terms without rows, and the same of vectors', () => {
    const random = randomFrom(1);
    for (const word of words) memory.add(word, randomVector(random, 64));
    expect(check()).toMatchObject({ faulty: [], report: { lexical: { rows: words.length }, vectors: { waiting: 0 } } });
    memory.lexical.remove(2);
    memory.lexical.put(3, memory.content('something else'));
    memory.lexical.put(999, memory.content('a ghost'));
    memory.put([{ pk: 4, revision: 4, contentHash: memory.hashOf('another text'), vector: randomVector(random, 64) }]);
    memory.writable.prepare('DELETE FROM embeddings WHERE observation_pk = 5').run();
    const { report, faulty } = check();
    expect(report).toMatchObject({
      lexical: { missing: 1, stale: 1, ghosts: 1 },
      vectors: { waiting: 1, stale: 1, ghosts: 1 },
    });
    expect(isSound(report)).toBe(false);
    expect(faulty).toEqual([2, 3, 4, 5, 999]);
    mender().mend(faulty);
    mender().finish();
    expect(check()).toMatchObject({ faulty: [], report: { vectors: { waiting: 4 } } });
  });

  it('finds rows whose vector alone is gone, and makes them wait for one', () => {
    const random = randomFrom(2);
    for (const word of words) memory.add(word, randomVector(random, 64));
    const silent = memory.add('!?', null);
    memory.put([{ pk: silent, revision: silent, contentHash: memory.hashOf('!?'), vector: null }]);
    memory.writable.exec('DELETE FROM embedding_vectors_1 WHERE pk IN (3, 5, 7)');
    // Its text stays the same, so that it would be confirmed as it is.
    memory.edit(7, words[6] ?? '', null);
    const { report, faulty } = check();
    expect({ report, faulty }).toMatchObject({
      faulty: [3, 5, 7],
      report: { vectors: { rows: words.length + 1, waiting: 0, stale: 3, ghosts: 0 } },
    });
    mender().mend(faulty);
    mender().finish();
    const pending = createPendingReader(memory.readable).next(memory.model.pk, 10);
    expect(pending.rows.map(({ pk, contentHash }) => [pk, contentHash])).toEqual([
      [7, null],
      [5, null],
      [3, null],
    ]);
    expect(check()).toMatchObject({ faulty: [], report: { vectors: { waiting: 3 } } });
  });

  it('agrees with a rebuild after thousands of changes, and no search finds a ghost or a stale term', () => {
    const random = randomFrom(5);
    const titles = new Map<number, string>();
    const sessions = new Map<number, number>();
    const searcher = createSearcher(memory.readable, () => new Float32Array(64));
    const pick = () => [...titles.keys()][Math.floor(random() * titles.size)] ?? 0;
    const makeTitle = () => Array.from({ length: 3 }, () => words[Math.floor(random() * words.length)] ?? '').join(' ');
    const search = (text: string) =>
      searcher.search({ text, filters: {}, limit: 2_000, mode: 'lexical', fusion: 'mass', vector: 'off' });

    function change(): void {
      const dice = random();
      const title = makeTitle();
      if (dice < 0.6 || titles.size === 0) {
        const session = 1 + Math.floor(random() * 40);
        const pk = memory.add(title, randomVector(random, 64), { session });
        titles.set(pk, title);
        sessions.set(pk, session);
      } else if (dice < 0.8) {
        const pk = pick();
        memory.edit(pk, title, randomVector(random, 64));
        titles.set(pk, title);
      } else if (dice < 0.99) {
        const pk = random() < 0.4 ? Math.max(...titles.keys()) : pick();
        memory.eraser.erase([pk]);
        titles.delete(pk);
      } else {
        const session = sessions.get(pick()) ?? 1;
        memory.deleteSession(session);
        for (const [pk, own] of sessions) if (own === session) titles.delete(pk);
      }
    }

    for (let round = 0; round < 40; round++) {
      memory.transaction(() => {
        for (let step = 0; step < 80; step++) change();
      });
      const word = words[round % words.length] ?? '';
      const expected = [...titles.values()].filter((title) => title.split(' ').includes(word));
      const { hits, total } = search(word);
      expect(total).toBe(expected.length);
      for (const hit of hits) expect(hit.observation.title).toContain(word);
    }
    expect(check()).toMatchObject({ faulty: [], report: { vectors: { waiting: 0, rows: titles.size } } });
    const before = vocabulary();
    const answers = words.map((word) => search(word).hits.map((hit) => [hit.observation.id, hit.score]));
    memory.transaction(() => {
      memory.writable.exec("INSERT INTO observation_terms (observation_terms) VALUES ('delete-all')");
      for (const pk of titles.keys()) memory.lexical.put(pk, memory.content(titles.get(pk) ?? ''));
      mender().finish();
    });
    expect(vocabulary()).toEqual(before);
    expect(words.map((word) => search(word).hits.map((hit) => [hit.observation.id, hit.score]))).toEqual(answers);
    // What is left behind is what a forgotten text would leak from.
    const files = memory.writable.prepare('SELECT count(*) FROM embedding_vectors_1').pluck().get();
    expect(files).toBe(titles.size);
  });
});
