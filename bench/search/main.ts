import { parseArgs } from 'node:util';
import { benchSearch } from './bench-search.ts';
import { measureQuality } from './quality.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    /** A folder with retrieval sets; they are not part of this repository. */
    quality: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

const latency =
  Number(values.rows) > 0 ? await benchSearch({ rows: Number(values.rows), seed: Number(values.seed) }) : null;
const quality =
  values.quality === undefined
    ? []
    : [
        measureQuality(values.quality, 'commits', 'alone'),
        measureQuality(values.quality, 'commits', 'by day'),
        measureQuality(values.quality, 'cosqa', 'alone'),
      ];

if (values.json) {
  console.log(JSON.stringify({ latency, quality }, null, 2));
} else {
  if (latency !== null) {
    const { classes, all, ...summary } = latency;
    console.log(JSON.stringify(summary));
    console.table(
      [{ name: 'all', ours: all, naive: null }, ...classes].map(({ name, ours, naive }) => ({
        query: name,
        p50: ours.p50_ms,
        p95: ours.p95_ms,
        p99: ours.p99_ms,
        'cpu p50': ours.cpu_p50_ms,
        'cpu p95': ours.cpu_p95_ms,
        'naive p50': naive?.p50_ms ?? '',
        'naive p95': naive?.p95_ms ?? '',
        'naive cpu p95': naive?.cpu_p95_ms ?? '',
      })),
    );
  }
  if (quality.length > 0) console.table(quality);
}
