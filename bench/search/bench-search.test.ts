import { expect, it } from 'vitest';
import { benchSearch } from './bench-search.ts';

it('measures every class of queries on a small memory, so that the benchmark itself cannot rot', async () => {
  const result = await benchSearch({ rows: 400, seed: 7, writes: true, queriesPerClass: 4 });
  expect(result.classes.length).toBeGreaterThanOrEqual(15);
  expect(result.index.terms_per_row).toBeGreaterThan(10);
  expect(result.all.p95_ms).toBeGreaterThan(0);
  expect(result.all_mixed.p95_ms).toBeGreaterThan(0);
});
