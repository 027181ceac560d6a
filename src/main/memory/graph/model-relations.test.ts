import { afterEach, beforeEach, expect, it } from 'vitest';
import { createModelRelations, type ModelBatch, type ModelRelation } from './model-relations.ts';
import { createTestGraph, type TestGraph } from './test-graph.ts';

let graph: TestGraph;
let session: number;
let models: ReturnType<typeof createModelRelations>;
let batch: ModelBatch;
beforeEach(() => {
  graph = createTestGraph();
  graph.tool('s', 'Bash', { command: 'npm test' }, 'SQLITE_BUSY: database is locked');
  graph.tool('s', 'Read', { file_path: '/home/dev/shop/src/pool.ts' });
  graph.tool('s', 'Edit', { file_path: '/home/dev/shop/src/db.ts', old_string: 'a', new_string: 'busy_timeout' });
  graph.readStale();
  [session = 0] = graph.sessions();
  models = createModelRelations(graph.writable);
  const found = models.batch(session);
  if (found === null) throw new Error('The session has nothing to relate.');
  batch = found;
});
afterEach(() => graph.close());

const relation = (change: Partial<ModelRelation>): ModelRelation => ({
  from: 'src/pool.ts',
  from_kind: 'file',
  to: 'SQLITE_BUSY: database is locked',
  to_kind: 'error',
  type: 'causes',
  evidence: [1, 2],
  weight: 0.9,
  ...change,
});
const put = (said: ModelRelation[]) => {
  const change = models.change({ sessionPk: session, shown: batch.entries, said });
  graph.writable.transaction(() => graph.writer.put(change, 'model'))();
};
const causes = () => graph.relations().filter((line) => line.includes('file src/pool.ts causes'));

it('shows what happened and what it is called', () => {
  expect(batch.entries.map(({ number, text }) => [number, text.split('\n')[0]])).toEqual([
    [1, '[1] Failed: npm test'],
    [2, '[2] src/pool.ts'],
    [3, '[3] src/db.ts'],
  ]);
  expect(batch.entities).toContain('error: SQLITE_BUSY: database is locked');
});

// Catches: a model's word that is kept beside what it says now, or counted twice.
it('keeps what rests on evidence, once, and lets it go when it is no longer said', () => {
  put([relation({}), relation({})]);
  expect(causes()).toHaveLength(1);
  const kept = graph.lines();
  put([relation({})]);
  expect(graph.lines()).toEqual(kept);
  // The rules have no say in what a model said.
  expect(graph.read(session)).toBe(false);
  expect(graph.lines()).toEqual(kept);
  put([]);
  expect(causes()).toEqual([]);
});

// Catches: an invention, a relation of things that the evidence does not tell of, a model that is not sure.
it.each<Partial<ModelRelation>>([
  { from: 'src/invented.ts' },
  { from: 'src/pool.ts', from_kind: 'concept' },
  { evidence: [] },
  { evidence: [2] },
  { evidence: [3] },
  { evidence: [0, 99, -1, 1.5, Number.NaN] },
  { weight: 0.1 },
  { weight: Number.NaN },
  { to: 'src/pool.ts', to_kind: 'file' },
  { from: "'; DROP TABLE relations; --" },
])('drops %j', (change) => {
  const kept = graph.lines();
  put([relation(change)]);
  expect(graph.lines()).toEqual(kept);
});
