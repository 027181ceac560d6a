import { join } from 'node:path';
import { startWorkerProcess } from './lib/child-server.ts';
import { untilEmbedded } from './lib/filled-folder.ts';
import { percentile, type Figure } from './lib/figure.ts';
import { searchOverHttp } from './lib/search-client.ts';
import { withTemporaryFolder } from './lib/temporary-folder.ts';
import { benchSearch } from './search/bench-search.ts';
import { makeCorpus } from './search/corpus.ts';
import { createMemoryFile } from './search/memory-file.ts';
import { makeQueries, type QueryClass } from './search/queries.ts';

const seed = 1;

/** Search on a generated memory; only the p95 of all queries has a target, and only at the size that it was set for. */
export async function benchSearchFigures(rows: number): Promise<Figure[]> {
  const { all, classes } = await benchSearch({ rows, seed });
  const overHttp = await overHttpTimes(rows);
  const target = rows === 100_000 ? { target: { kind: 'at most' as const, value: 15 } } : {};
  const search = `search, ${rows} generated observations`;
  const baseline = (value: number) => ({ baseline: { name: 'in process', value } });
  return [
    { name: `${search}, in process, all queries, p50`, unit: 'ms', value: all.p50_ms },
    { name: `${search}, in process, all queries, p95`, unit: 'ms', value: all.p95_ms, ...target },
    {
      name: 'search over HTTP, all queries, p50',
      unit: 'ms',
      value: percentile(overHttp, 0.5),
      ...baseline(all.p50_ms),
    },
    {
      name: 'search over HTTP, all queries, p95',
      unit: 'ms',
      value: percentile(overHttp, 0.95),
      ...baseline(all.p95_ms),
      ...target,
    },
    ...classes.map(({ name, ours, naive }) => ({
      name: `search in process, ${name}, p95`,
      unit: 'ms',
      value: ours.p95_ms,
      ...(naive === null ? {} : { baseline: { name: 'naive FTS5', value: naive.p95_ms } }),
    })),
  ];
}

/** Milliseconds of the same queries on the same memory through a running worker: port, contract, reader thread, rows and answer. */
async function overHttpTimes(rows: number): Promise<number[]> {
  return withTemporaryFolder(async (folder) => {
    const classes = writeMemory(folder, rows);
    const worker = await startWorkerProcess(folder);
    try {
      await untilEmbedded(worker);
      const times: number[] = [];
      for (const { queries } of classes) {
        for (const { text, filters } of queries.slice(0, 3)) await searchOverHttp(worker, text, filters);
        for (const { text, filters } of queries) {
          const started = performance.now();
          await searchOverHttp(worker, text, filters);
          times.push(performance.now() - started);
        }
      }
      return times;
    } finally {
      await worker.stop();
    }
  });
}

/** Puts the generated memory into a data folder; answers the queries for it. */
function writeMemory(folder: string, rows: number): QueryClass[] {
  const memory = createMemoryFile();
  try {
    memory.add(makeCorpus(rows, seed));
    memory.db.exec(`VACUUM INTO '${join(folder, 'memory.db').replaceAll("'", "''")}'`);
    return makeQueries(memory.db, seed);
  } finally {
    memory.remove();
  }
}
