import { afterEach, beforeEach, expect, it } from 'vitest';
import { randomFrom } from '../../search/vectors/test-vectors.ts';
import { createGraphMemory } from './graph-memory.ts';
import { createGraphQueries } from './graph-queries.ts';
import { createLearningChanges } from './learning-change.ts';
import type { Network } from './network.ts';
import { createTestGraph, type TestGraph } from './test-graph.ts';

let graph: TestGraph;
beforeEach(() => void (graph = createTestGraph()));
afterEach(() => graph.close());

/** Everything that a network says, without its own order. */
function told(network: Network): string[] {
  const edges = network.edges.map(
    ({ from, to, type, weight, evidenceCount }) =>
      `${network.pks[from]} ${type} ${network.pks[to]} ${weight.toFixed(9)} ${evidenceCount}`,
  );
  const places = Array.from(
    network.pks,
    (pk, place) => `${pk} ${network.kinds[place]} ${network.sessions[place]} ${network.hub[place]}`,
  );
  return [...places, ...edges].toSorted();
}

// Catches: a reader that keeps what went, or does not see what came, because it reads only what is new.
it.each([1, 2, 3])('says the same as one that reads everything (seed %i)', (seed) => {
  const random = randomFrom(seed);
  const kept = createGraphMemory(graph.readable);
  const rows = graph.writable.prepare<[], number>('SELECT pk FROM observations ORDER BY pk').pluck();
  for (let round = 0; round < 8; round++) {
    for (let step = 0; step < 20; step++) {
      const number = Math.floor(random() * 24);
      const session = `s${number}`;
      // Sessions work on pairs of files, so that some belong together.
      const file = `/home/dev/shop/src/f${(number % 6) * 2 + Math.floor(random() * 2)}.ts`;
      if (random() < 0.6) graph.tool(session, 'Edit', { file_path: file, old_string: 'a', new_string: 'b' });
      else {
        const error = random() < 0.5 ? 'TypeError: no' : undefined;
        graph.tool(session, 'Bash', { command: `npm run t${Math.floor(random() * 3)}` }, error);
      }
    }
    graph.readStale();
    if (round % 3 === 2) {
      const gone = rows.all().filter(() => random() < 0.1);
      graph.writable.transaction(() => graph.eraser.erase(gone))();
    }
    expect(kept.isFresh()).toBe(false);
    const network = kept.network();
    expect(kept.isFresh()).toBe(true);
    expect(told(network)).toEqual(told(createGraphMemory(graph.readable).network()));
  }
  expect(kept.network().edges.some((edge) => edge.relationPk === 0)).toBe(true);
});

// Catches: an answer that leaves out why, an entity that cannot be found by its name, a page without a next one.
it('answers with names, weights and evidence', () => {
  graph.replayRecorded();
  graph.readStale();
  const queries = createGraphQueries(graph.readable, createGraphMemory(graph.readable));
  const found = queries.list({ text: 'sqlite_busy', kind: 'error', limit: 5 });
  const [error] = found.data;
  expect([error?.name, error?.mentions, found.pagination.total]).toEqual(['SQLITE_BUSY: database is locked', 1, 1]);
  const around = queries.neighbours({ id: error?.id ?? '', depth: 1, limit: 10 });
  const solves = around?.relations.find(({ type }) => type === 'solves');
  expect(around?.entities.map(({ name }) => name)).toContain('src/db.js');
  expect([solves?.evidence_count, solves?.evidence.length, solves?.to]).toEqual([3, 3, error?.id]);
  expect(solves?.weight).toBeCloseTo(0.6, 9);
  const project = queries.list({ kind: 'project', limit: 5 }).data[0];
  expect(project?.name).toBe('shop-api');
  expect(queries.overview({ project_id: project?.project?.id, limit: 5 }).entities).toHaveLength(5);
  expect(queries.overview({ project_id: 'nobody', limit: 5 }).entities).toEqual([]);
  expect(queries.rank({ seeds: [error?.id ?? '', 'nobody'], limit: 3 })[0]?.entity.id).toBe(error?.id);
  expect(queries.neighbours({ id: 'nobody', depth: 1, limit: 5 })).toBeNull();
  expect(queries.path({ from: error?.id ?? '', to: 'nobody' })).toBeNull();
  const pages: string[] = [];
  let cursor: string | undefined;
  do {
    const page = queries.list({ limit: 7, cursor });
    pages.push(...page.data.map(({ id }) => id));
    cursor = page.pagination.next_cursor ?? undefined;
  } while (cursor !== undefined);
  expect(new Set(pages).size).toBe(pages.length);
  expect(pages).toHaveLength(queries.list({ limit: 1 }).pagination.total);
});

// Catches: a name that is taken for a pattern or breaks the list.
it.each(["'", '"', '%', '_', '\\', '\u0000', 'sqlite%', "' OR 1=1 --", '错', 'constructor'])(
  'finds nothing wrong for %j',
  (text) => {
    graph.tool('s', 'Read', { file_path: `/home/dev/shop/${text}plain.ts` });
    graph.readStale();
    const queries = createGraphQueries(graph.readable, createGraphMemory(graph.readable));
    const { data } = queries.list({ text, limit: 50 });
    expect(data.every(({ name }) => name.toLowerCase().includes(text.replaceAll('\u0000', '').toLowerCase()))).toBe(
      true,
    );
  },
);

// Catches: learnings that are at odds and not shown to be, or are still shown when a person has settled it.
it('sets against each other what learnings at odds speak of', () => {
  const learning = graph.writable.prepare(
    `INSERT INTO learnings (id, category, statement, language, scope, state, confidence, source, origin, created_at, updated_at)
     VALUES (@id, 'convention', @statement, 'en', 'global', 'approved', 0.7, 'person', @id, 0, 0)`,
  );
  for (const [index, statement] of [
    'Always install with pnpm',
    'Always install with npm, see `package_lock`',
  ].entries()) {
    learning.run({ id: `l${index + 1}`, statement });
  }
  graph.writable.exec('INSERT INTO learning_conflicts (one_pk, other_pk, similarity, found_at) VALUES (1, 2, 0.9, 0)');
  const changes = createLearningChanges(graph.writable);
  const put = () => graph.writable.transaction(() => graph.writer.putLearnings(changes.make()))();
  put();
  expect(graph.relations()).toEqual([
    'concept pnpm contradicts concept npm',
    'concept pnpm contradicts concept package_lock',
  ]);
  const kept = graph.lines();
  put();
  expect(graph.lines()).toEqual(kept);
  graph.writable.exec('UPDATE learning_conflicts SET settled_at = 1');
  put();
  expect(graph.relations()).toEqual([]);
  graph.writable.exec("DELETE FROM learnings WHERE id = 'l2'");
  expect(graph.lines().some((line) => line.includes('package_lock'))).toBe(false);
  graph.writable.exec("UPDATE learnings SET state = 'rejected'");
  put();
  expect(graph.lines()).toEqual([]);
});
