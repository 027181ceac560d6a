import { createSessionChanges } from '../../src/main/memory/graph/session-change.ts';
import { slicesOf } from '../../src/main/memory/graph/slices.ts';
import type { WritableDb } from '../../src/main/store/database.ts';
import { createGraphWriter } from '../../src/main/store/tables/graph-writer.ts';

/** Where the generated rows' files lie (bench/search/corpus.ts). */
const root = '/home/dev/work';

/** Milliseconds of processor time, session by session. */
export interface GraphBuild {
  computing: number[];
  writing: number[];
  /** The same by transaction: a long session is written in several. */
  commits: number[];
}

/** Reads all sessions into the graph, as the job does; those that were read already are read again, for nothing. */
export function buildGraph(db: WritableDb): GraphBuild {
  db.prepare("UPDATE projects SET root = ? WHERE root = '/'").run(root);
  const changes = createSessionChanges(db);
  const writer = createGraphWriter(db);
  const put = db.transaction(writer.putSession);
  const build: GraphBuild = { computing: [], writing: [], commits: [] };
  for (const session of db.prepare<[], number>('SELECT pk FROM sessions').pluck().all()) {
    const start = process.threadCpuUsage();
    const { revision, seen, ...change } = changes.of(session);
    const computed = process.threadCpuUsage();
    const slices = slicesOf(change);
    for (const [index, slice] of slices.entries()) {
      const begun = process.threadCpuUsage();
      put(session, { ...slice, revision, seen }, index === slices.length - 1);
      build.commits.push(between(begun, process.threadCpuUsage()));
    }
    build.computing.push(between(start, computed));
    build.writing.push(between(computed, process.threadCpuUsage()));
  }
  return build;
}

function between(before: NodeJS.CpuUsage, after: NodeJS.CpuUsage): number {
  return (after.user + after.system - before.user - before.system) / 1000;
}
