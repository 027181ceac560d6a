import Database from 'better-sqlite3';
import { statSync } from 'node:fs';
import { Worker as Thread } from 'node:worker_threads';
import { createNearRows } from '../../src/main/memory/graph/near-rows.ts';
import { createSearcher } from '../../src/main/search/searcher.ts';
import type { SearcherRequest } from '../../src/main/search/searcher.ts';
import { openReadable } from '../../src/main/store/database.ts';
import type { ReadableDb } from '../../src/main/store/database.ts';
import { buildGraph } from '../graph/build-graph.ts';
import { makeCorpus } from './corpus.ts';
import { embeddedMemory, embedMemory } from './embed-memory.ts';
import { createMemoryFile } from './memory-file.ts';
import type { MemoryFile } from './memory-file.ts';
import { makeQueries } from './queries.ts';
import type { QueryClass } from './queries.ts';

export interface Latency {
  p50_ms: number;
  p95_ms: number;
  p99_ms: number;
  /** Processor time of the thread, which says more than the clock when the machine is shared. */
  cpu_p50_ms: number;
  cpu_p95_ms: number;
}

interface Sample {
  wallMs: number;
  cpuMs: number;
}

export interface ClassResult {
  name: string;
  /** Words alone. */
  ours: Latency;
  /** Words and meaning. */
  mixed: Latency;
  /** A plain FTS5 table, OR of the words, `ORDER BY rank LIMIT 20`; null where it has no counterpart. */
  naive: Latency | null;
}

export interface SearchBenchResult {
  rows: number;
  seed: number;
  /** Whether rows were written all the while. */
  writes: boolean;
  index: { us_per_row: number; terms_per_row: number; file_bytes: number };
  vectors: { embed_us_per_row: number; store_us_per_row: number };
  /** Reading the table of observations and the signs of the vectors, once for each reader thread. */
  load: { table_ms: number; vectors_ms: number; bytes: number };
  /** The very first searches of words after that, when no list of a term is in memory yet. */
  cold: { lexical: Latency; mixed: Latency };
  memory: { array_buffers: number; rss: number };
  all: Latency;
  all_mixed: Latency;
  classes: ClassResult[];
}

export interface SearchBenchOptions {
  rows: number;
  seed: number;
  writes?: boolean;
  /** A folder that keeps the memory, which takes minutes to make, for the next run. */
  keptIn?: string;
  /** 40 when left out. */
  queriesPerClass?: number;
  /** Naive full-text search beside ours; takes as long again to build. */
  baseline?: boolean;
}

type Query = QueryClass['queries'][number];
type Run = (query: Query) => void;

/** Latency of every class of queries on a generated memory, beside naive full-text search on the same texts. */
export async function benchSearch(options: SearchBenchOptions): Promise<SearchBenchResult> {
  const { rows, seed, writes = false, baseline = true, keptIn, queriesPerClass } = options;
  const memory = createMemoryFile(keptIn);
  let writing: Thread | null = null;
  try {
    const isMade = memory.db.prepare('SELECT 1 FROM observations LIMIT 1').get() !== undefined;
    const indexMs = isMade ? 0 : memory.add(makeCorpus(rows, seed));
    if (!isMade) buildGraph(memory.db);
    const {
      query: vector,
      embedQuery,
      embedUs,
      storeUs,
    } = isMade ? embeddedMemory(memory.db) : embedMemory(memory.db, makeCorpus(rows, seed));
    memory.db.pragma('wal_checkpoint(TRUNCATE)');
    const classes = makeQueries(memory.db, seed, queriesPerClass);
    const index = describeIndex(memory, rows, indexMs);
    const naive = baseline ? createNaive(memory.db) : null;
    const reader = openReadable(memory.file);
    const searcher = createSearcher(reader.db, embedQuery, createNearRows(reader.db));
    const ask = (query: Partial<SearcherRequest>) =>
      searcher.search({ text: '', filters: {}, mode: 'lexical', fusion: 'mass', limit: 20, vector, ...query });
    const before = process.memoryUsage().arrayBuffers;
    const tableMs = time(() => ask({ limit: 1 }));
    const vectorsMs = time(() => ask({ text: 'warm', mode: 'mixed', limit: 1 }));
    const load = {
      table_ms: round(tableMs),
      vectors_ms: round(vectorsMs),
      bytes: process.memoryUsage().arrayBuffers - before,
    };
    if (writes) writing = startWriting(memory.file, seed + 1);
    const lexical: Run = (query) => void ask(query);
    const mixed: Run = (query) => void ask({ ...query, mode: 'mixed' });
    const firsts = { name: 'first', queries: classes.flatMap(({ queries }) => queries.slice(0, 2)) };
    const cold = { lexical: latency(timeEach(firsts, lexical)), mixed: latency(timeEach(firsts, mixed)) };
    const everything: Sample[] = [];
    const everythingMixed: Sample[] = [];
    const results: ClassResult[] = [];
    for (const queryClass of classes) {
      warmUp(queryClass, lexical);
      const ours = timeEach(queryClass, lexical);
      const together = timeEach(queryClass, mixed);
      everything.push(...ours);
      everythingMixed.push(...together);
      const isComparable = queryClass.queries.every(
        ({ text, filters }) => text !== '' && Object.keys(filters).length === 0,
      );
      const theirs =
        isComparable && naive !== null ? latency(timeEach(queryClass, ({ text }) => naive.search(text))) : null;
      results.push({ name: queryClass.name, ours: latency(ours), mixed: latency(together), naive: theirs });
      // Lets the process breathe when this runs beside other benchmarks.
      await new Promise((resolve) => setImmediate(resolve));
    }
    const { arrayBuffers, rss } = process.memoryUsage();
    naive?.close();
    reader.close();
    return {
      rows,
      seed,
      writes,
      index,
      load,
      cold,
      vectors: { embed_us_per_row: round(embedUs), store_us_per_row: round(storeUs) },
      memory: { array_buffers: arrayBuffers, rss },
      all: latency(everything),
      all_mixed: latency(everythingMixed),
      classes: results,
    };
  } finally {
    await writing?.terminate();
    memory.remove();
  }
}

function startWriting(file: string, seed: number): Thread {
  return new Thread(new URL('./writing-thread.ts', import.meta.url), { workerData: { file, seed } });
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

function time(run: () => void): number {
  const startedAt = performance.now();
  run();
  return performance.now() - startedAt;
}

/** A few unmeasured ones, so that no class pays for the code that it is the first to run. */
function warmUp({ queries }: QueryClass, run: Run): void {
  for (const query of queries.slice(0, 3)) run(query);
}

function timeEach({ queries }: QueryClass, run: Run): Sample[] {
  return queries.map((query) => {
    const cpu = process.threadCpuUsage();
    const wallMs = time(() => run(query));
    const { user, system } = process.threadCpuUsage(cpu);
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
