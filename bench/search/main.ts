import { parseArgs } from 'node:util';
import { benchSearch } from './bench-search.ts';
import type { Latency, SearchBenchResult } from './bench-search.ts';
import { measureQuality } from './quality.ts';
import type { QualityResult } from './quality.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    /** Rows are written while searches are measured. */
    writes: { type: 'boolean', default: false },
    /** A folder that keeps the memory for the next run. */
    keep: { type: 'string' },
    'no-baseline': { type: 'boolean', default: false },
    /** A folder with retrieval sets; they are not part of this repository. */
    quality: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

const latency =
  Number(values.rows) > 0
    ? await benchSearch({
        rows: Number(values.rows),
        seed: Number(values.seed),
        writes: values.writes,
        baseline: !values['no-baseline'],
        ...(values.keep === undefined ? {} : { keptIn: values.keep }),
      })
    : null;
const quality =
  values.quality === undefined
    ? []
    : [
        ...measureQuality(values.quality, 'commits', 'alone'),
        ...measureQuality(values.quality, 'commits', 'by day'),
        ...measureQuality(values.quality, 'cosqa', 'alone'),
      ];

if (values.json) {
  console.log(JSON.stringify({ latency, quality }, null, 2));
} else {
  if (latency !== null) printLatency(latency);
  if (quality.length > 0) console.table(quality.map(qualityLine));
}

function printLatency({ classes, all, all_mixed, cold, ...summary }: SearchBenchResult): void {
  console.log(JSON.stringify(summary));
  const line = (query: string, words: Latency, mixed: Latency, naive: Latency | null) => ({
    query,
    p50: words.p50_ms,
    p95: words.p95_ms,
    'cpu p95': words.cpu_p95_ms,
    'mixed p50': mixed.p50_ms,
    'mixed p95': mixed.p95_ms,
    'mixed p99': mixed.p99_ms,
    'mixed cpu p95': mixed.cpu_p95_ms,
    'naive p50': naive?.p50_ms ?? '',
    'naive p95': naive?.p95_ms ?? '',
  });
  console.table([
    line('all, warm', all, all_mixed, null),
    line('first of each, cold', cold.lexical, cold.mixed, null),
    ...classes.map(({ name, ours, mixed, naive }) => line(name, ours, mixed, naive)),
  ]);
}

function qualityLine({ difference, documents: _documents, ...result }: QualityResult) {
  const interval = ({ mean, low, high }: QualityResult['difference']['recall_5']) =>
    [mean, low, high].map((value) => (value * 100).toFixed(1)).join(' / ');
  return {
    ...result,
    'recall_5 to words': interval(difference.recall_5),
    'ndcg_10 to words': interval(difference.ndcg_10),
  };
}
