import Database from 'better-sqlite3';
import { statSync } from 'node:fs';
import { createSearcher } from '../../src/main/search/searcher.ts';
import { openReadable } from '../../src/main/store/database.ts';
import type { ReadableDb } from '../../src/main/store/database.ts';
import { makeCorpus } from './corpus.ts';
import { createMemoryFile } from './memory-file.ts';
import type { MemoryFile } from './memory-file.ts';
import { makeQueries } from './queries.ts';
import type { QueryClass } from './queries.ts';

export interface Latency {
  p50_ms: number;
  p95_ms: number;
  p99_ms: number;
  /** Processor time, which says more than the clock when the machine is shared. */
  cpu_p50_ms: number;
  cpu_p95_ms: number;
}

interface Sample {
  wallMs: number;
  cpuMs: number;
}

export interface ClassResult {
  name: string;
  ours: Latency;
  /** A plain FTS5 table, OR of the words, `ORDER BY rank LIMIT 20`; null where it has no counterpart. */
  naive: Latency | null;
}

export interface SearchBenchResult {
  rows: number;
  seed: number;
  index: { us_per_row: number; terms_per_row: number; file_bytes: number };
  /** Reading the table of observations, once for each reader thread, and what it holds in memory. */
  load: { ms: number; bytes: number };
  all: Latency;
  classes: ClassResult[];
}

export interface SearchBenchOptions {
  rows: number;
  seed: number;
}

/** Latency of every class of queries on a generated memory, beside naive full-text search on the same texts. */
export async function benchSearch({ rows, seed }: SearchBenchOptions): Promise<SearchBenchResult> {
  const memory = createMemoryFile();
  try {
    const indexMs = memory.add(makeCorpus(rows, seed));
    const naive = createNaive(memory.db);
    const reader = openReadable(memory.file);
    const searcher = createSearcher(reader.db);
    const before = process.memoryUsage().arrayBuffers;
    const startedAt = performance.now();
    searcher.search({ text: '', filters: {}, limit: 1, offset: 0 });
    const load = { ms: round(performance.now() - startedAt), bytes: process.memoryUsage().arrayBuffers - before };
    const everything: Sample[] = [];
    const classes: ClassResult[] = [];
    for (const queryClass of makeQueries(memory.db, seed)) {
      const ours = timeEach(queryClass, (query) => searcher.search({ ...query, limit: 20, offset: 0 }));
      everything.push(...ours);
      const isComparable = queryClass.queries.every(
        ({ text, filters }) => text !== '' && Object.keys(filters).length === 0,
      );
      const theirs = isComparable ? latency(timeEach(queryClass, ({ text }) => naive.search(text))) : null;
      classes.push({ name: queryClass.name, ours: latency(ours), naive: theirs });
      // Lets the process breathe when this runs beside other benchmarks.
      await new Promise((resolve) => setImmediate(resolve));
    }
    naive.close();
    reader.close();
    return { rows, seed, index: describeIndex(memory, rows, indexMs), load, all: latency(everything), classes };
  } finally {
    memory.remove();
  }
}

function describeIndex(memory: MemoryFile, rows: number, indexMs: number): SearchBenchResult['index'] {
  const terms = memory.db.prepare<[], number>('SELECT avg(term_count) FROM observations').pluck().get() ?? 0;
  return {
    us_per_row: round((indexMs / rows) * 1000),
    terms_per_row: round(terms),
    file_bytes: statSync(memory.file).size,
  };
}

function createNaive(source: ReadableDb) {
  const db = new Database(':memory:');
  db.exec(`CREATE VIRTUAL TABLE naive USING fts5 (text, tokenize = 'porter unicode61')`);
  const insert = db.prepare('INSERT INTO naive (rowid, text) VALUES (?, ?)');
  const texts = source
    .prepare<[], [number, string]>(
      `SELECT pk, concat_ws(' ', title, subtitle, facts, narrative, concepts, files_read, files_changed) FROM observations`,
    )
    .raw(true);
  db.transaction(() => {
    for (const [pk, text] of texts.iterate()) insert.run(pk, text);
  })();
  const find = db
    .prepare<[string], number>('SELECT rowid FROM naive WHERE naive MATCH ? ORDER BY rank LIMIT 20')
    .pluck();
  return {
    search(text: string): void {
      const words = [...new Set(text.match(/[\p{L}\p{N}]+/gu))];
      find.all(words.map((word) => `"${word}"`).join(' OR '));
    },
    close: () => db.close(),
  };
}

type Query = QueryClass['queries'][number];

/** Times of each query; a few unmeasured ones come first. */
function timeEach({ queries }: QueryClass, run: (query: Query) => void): Sample[] {
  for (const query of queries.slice(0, 3)) run(query);
  return queries.map((query) => {
    const cpu = process.cpuUsage();
    const startedAt = performance.now();
    run(query);
    const wallMs = performance.now() - startedAt;
    const { user, system } = process.cpuUsage(cpu);
    return { wallMs, cpuMs: (user + system) / 1000 };
  });
}

function latency(samples: readonly Sample[]): Latency {
  const wall = samples.map((sample) => sample.wallMs);
  const cpu = samples.map((sample) => sample.cpuMs);
  return {
    p50_ms: quantile(wall, 0.5),
    p95_ms: quantile(wall, 0.95),
    p99_ms: quantile(wall, 0.99),
    cpu_p50_ms: quantile(cpu, 0.5),
    cpu_p95_ms: quantile(cpu, 0.95),
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
