import { afterEach, beforeEach, expect, it } from 'vitest';
import { createVectorSearch, type Reach } from './vector-search.ts';
import { createTestVectors, unit } from './vectors/test-vectors.ts';

let memory: ReturnType<typeof createTestVectors>;
beforeEach(() => void (memory = createTestVectors()));
afterEach(() => memory.close());

/** At this cosine to the first axis. */
function at(cosine: number): Float32Array {
  const vector = new Float32Array(64);
  vector.set([cosine, Math.sqrt(1 - cosine ** 2)]);
  return vector;
}

// Catches the built-in model's limit on a model whose cosines mean something else: nothing would be found by meaning.
it('cuts off what is far away for the built-in model only', () => {
  const built = memory.embeddings.ensure('static-en-zh-1', 64, 0);
  for (const cosine of [0.5, 0.19, 0.05, -0.4]) {
    const pk = memory.add('text', at(cosine));
    const row = { pk, revision: memory.revision(), contentHash: memory.hashOf('text'), vector: at(cosine) };
    memory.embeddings.put(built.pk, [row]);
  }
  const query = unit(at(1));
  const vectors = createVectorSearch(memory.readable, () => query);
  const found = (modelPk: number, reach: Reach) => {
    memory.embeddings.activate(modelPk);
    vectors.catchUp();
    const pass = vectors.ask('text', { modelPk, modelId: '', dimension: 64, vector: query });
    return typeof pass === 'string' ? pass : Array.from(pass.nearest(null, 10, reach).pks);
  };
  expect(found(memory.model.pk, 'near')).toEqual([1, 2, 3]);
  expect(found(built.pk, 'near')).toEqual([1]);
  expect(found(built.pk, 'any')).toEqual([1, 2, 3]);
});
