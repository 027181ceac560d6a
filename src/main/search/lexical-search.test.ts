import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestMemory } from './test-memory.ts';

let memory: ReturnType<typeof createTestMemory>;
beforeEach(() => void (memory = createTestMemory()));
afterEach(() => memory.close());

// Catches scores of a search that a damaged index ended, which the next one would add to its own.
it('leaves nothing behind when the index is damaged halfway', () => {
  memory.writeAll(
    Array.from({ length: 3_000 }, (_value, index) => ({
      title: [index % 3 === 0 ? 'alpha' : '', index % 50 === 0 ? 'beta' : '', 'zulu'].join(' '),
      session: 1 + (index % 40),
    })),
  );
  const scores = () => {
    const { total, hits } = memory.search('beta', { limit: 50 });
    return [total, hits.map(({ observation, voices }) => [observation.id, voices])];
  };
  const before = scores();
  memory.run("INSERT INTO observation_terms (observation_terms) VALUES ('optimize')");
  // The rows of the last word are in the last block.
  const damaged = new Database(memory.file).unsafeMode(true);
  const last = 'WHERE id = (SELECT max(id) FROM observation_terms_data)';
  const block = damaged.prepare(`SELECT block FROM observation_terms_data ${last}`).pluck().get();
  const write = damaged.prepare(`UPDATE observation_terms_data SET block = ? ${last}`);
  write.run(Buffer.alloc(2));
  expect(() => memory.search('alpha zulu')).toThrow(/malformed/u);
  write.run(block);
  damaged.close();
  expect(scores()).toEqual(before);
});
