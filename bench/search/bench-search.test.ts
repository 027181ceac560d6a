import { expect, it } from 'vitest';
import { benchSearch } from './bench-search.ts';

it('measures every class of queries on a small memory, so that the benchmark itself cannot rot', async () => {
  const result = await benchSearch({ rows: 400, seed: 7 });
  expect(result.classes.length).toBeGreaterThanOrEqual(15);
  expect(result.index.terms_per_row).toBeGreaterThan(10);
  expect(result.all.p95_ms).toBeGreaterThan(0);
});
