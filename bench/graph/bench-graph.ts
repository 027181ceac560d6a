import { createGraphMemory } from '../../src/main/memory/graph/graph-memory.ts';
import { createGraphQueries } from '../../src/main/memory/graph/graph-queries.ts';
import { createSessionChanges } from '../../src/main/memory/graph/session-change.ts';
import { openReadable, type WritableDb } from '../../src/main/store/database.ts';
import { percentile } from '../lib/figure.ts';
import { seededRandom } from '../lib/seeded-random.ts';
import { makeCorpus } from '../search/corpus.ts';
import { createMemoryFile } from '../search/memory-file.ts';
import { buildGraph } from './build-graph.ts';

const queriesOfKind = 100;

interface QueryResult {
  query: string;
  p50_ms: number;
  p95_ms: number;
  most_ms: number;
}

/** Builds the graph of a generated memory (bench/search/corpus.ts) and asks it; milliseconds of processor time. */
export function benchGraph(rows: number, seed: number) {
  const memory = createMemoryFile();
  try {
    memory.add(makeCorpus(rows, seed));
    const build = measureBuild(memory.db);
    const again = measureBuild(memory.db);
    memory.db.pragma('wal_checkpoint(TRUNCATE)');
    const { db, close } = openReadable(memory.file);
    const graph = createGraphMemory(db);
    const before = process.memoryUsage();
    const load = time(() => graph.network());
    const after = process.memoryUsage();
    const network = graph.network();
    memory.add([...makeCorpus(20, seed + 1)].map((row) => ({ ...row, session: rows })));
    buildGraph(memory.db);
    const follow = time(() => graph.network());
    const queries = askAll(createGraphQueries(db, graph), seed);
    close();
    return {
      rows,
      seed,
      entities: network.size,
      relations: network.edges.length,
      build,
      again,
      load_ms: round(load),
      load_mb: round((after.arrayBuffers + after.heapUsed - before.arrayBuffers - before.heapUsed) / 2 ** 20),
      after_a_session_ms: round(follow),
      queries,
    };
  } finally {
    memory.remove();
  }
}

function measureBuild(db: WritableDb) {
  const { computing, writing, commits } = buildGraph(db);
  const sum = (samples: readonly number[]) => round(samples.reduce((total, value) => total + value, 0));
  const stale = createSessionChanges(db).stale;
  return {
    computing_ms: sum(computing),
    writing_ms: sum(writing),
    session_p95_ms: round(percentile(computing, 0.95) + percentile(writing, 0.95)),
    commit_p95_ms: round(percentile(commits, 0.95)),
    longest_write_ms: round(commits.reduce((most, value) => Math.max(most, value), 0)),
    finding_stale_ms: round(time(() => stale(1_000))),
  };
}

function askAll(queries: ReturnType<typeof createGraphQueries>, seed: number): QueryResult[] {
  const random = seededRandom(seed);
  const all = queries.list({ limit: 200 }).data;
  const rare = queries.list({ text: 'test', kind: 'file', limit: 200 }).data;
  const any = () => (random() < 0.5 ? all : rare)[Math.floor(random() * 200)]?.id ?? all[0]?.id ?? '';
  const measure = (query: string, run: () => void): QueryResult => {
    run();
    const samples = Array.from({ length: queriesOfKind }, () => time(run));
    return {
      query,
      p50_ms: round(percentile(samples, 0.5)),
      p95_ms: round(percentile(samples, 0.95)),
      most_ms: round(Math.max(...samples)),
    };
  };
  return [
    measure('entities, first page', () => queries.list({ limit: 50 })),
    measure('entities, by text', () => queries.list({ text: 'cache', limit: 50 })),
    measure('neighbours, 1 step, 100', () => queries.neighbours({ id: any(), depth: 1, limit: 100 })),
    measure('neighbours, 3 steps, 100', () => queries.neighbours({ id: any(), depth: 3, limit: 100 })),
    measure('shortest path', () => queries.path({ from: any(), to: any() })),
    measure('PageRank, 3 seeds, 20', () => queries.rank({ seeds: [any(), any(), any()], limit: 20 })),
    measure('overview, 100', () => queries.overview({ limit: 100 })),
    measure('overview of a project, 100', () => queries.overview({ project_id: 'project-1', limit: 100 })),
  ];
}

/** Processor time, which says more than the clock when the machine is shared. */
function time(run: () => void): number {
  const before = process.threadCpuUsage();
  run();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
