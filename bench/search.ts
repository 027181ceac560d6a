import type { Figure } from './lib/figure.ts';
import { benchSearch } from './search/bench-search.ts';

/** Search on a generated memory; only the p95 of all queries has a target, and only at the size that it was set for. */
export async function benchSearchFigures(rows: number): Promise<Figure[]> {
  const { all, classes } = await benchSearch({ rows, seed: 1 });
  return [
    { name: `search, ${rows} observations, all queries, p50`, unit: 'ms', value: all.p50_ms },
    {
      name: `search, ${rows} observations, all queries, p95`,
      unit: 'ms',
      value: all.p95_ms,
      ...(rows === 100_000 ? { target: { kind: 'at most' as const, value: 15 } } : {}),
    },
    ...classes.map(({ name, ours, naive }) => ({
      name: `search, ${name}, p95`,
      unit: 'ms',
      value: ours.p95_ms,
      ...(naive === null ? {} : { baseline: { name: 'naive FTS5', value: naive.p95_ms } }),
    })),
  ];
}
