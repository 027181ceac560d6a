import { availableParallelism, loadavg } from 'node:os';
import { createSummaryPlanner } from '../../src/main/memory/summaries/plan.ts';
import { play } from '../../src/main/memory/summaries/testing/script.ts';
import { toldMemory } from '../../src/main/memory/testing/told-memory.ts';
import { percentile } from '../lib/figure.ts';
import { longSession } from './long-session.ts';

/**
 * Milliseconds of processor time (others may use the machine) and memory of summing up one session by rules, from reading its rows to the finished summary with the material for
 * a model; the same work runs on the intake thread. Baseline: reading the same rows and nothing else.
 * `node --expose-gc bench/summaries/main.ts [OBSERVATIONS…]`
 */
const sizes = process.argv.slice(2).map(Number);
const rounds = 7;
const collect = () => globalThis.gc?.();
const megabytes = (bytes: number) => Math.round(bytes / 1024 / 102.4) / 10;

function measure(observations: number) {
  const memory = toldMemory();
  try {
    const script = longSession(observations, 7);
    memory.writable.transaction(() => play(memory, script))();
    const sessionPk = memory.session(script.id);
    const request = { scope: 'session', projectPk: null, sessionPk, promptId: null, week: null } as const;
    const read = memory.db.prepare(`SELECT o.*, length(e.payload) FROM observations o JOIN events e ON e.pk = o.event_pk
      WHERE o.session_pk = ? ORDER BY o.occurred_at, o.pk`);
    const timed = (run: () => unknown) =>
      Array.from({ length: rounds }, () => {
        const before = process.cpuUsage();
        run();
        const { user, system } = process.cpuUsage(before);
        return (user + system) / 1_000;
      });
    const baseline = timed(() => read.all(sessionPk));
    const plan = createSummaryPlanner(memory.db);
    collect();
    const before = process.memoryUsage().heapUsed;
    const made = plan(request);
    const held = process.memoryUsage().heapUsed - before;
    const samples = timed(() => plan(request));
    const turn = script.steps.findLastIndex((step) => 'user' in step);
    const turns = timed(() => plan({ ...request, scope: 'turn', promptId: `${script.id}-p${turn}` }));
    return {
      observations: memory.db
        .prepare<[number], number>('SELECT COUNT(*) FROM observations WHERE session_pk = ?')
        .pluck()
        .get(sessionPk),
      'rows alone, ms': Math.round(percentile(baseline, 0.5)),
      'session, ms': Math.round(percentile(samples, 0.5)),
      'worst, ms': Math.round(percentile(samples, 1)),
      'a turn of it, ms': Math.round(percentile(turns, 0.5)),
      'heap after, MB': megabytes(held),
      'summary, kB': Math.round(JSON.stringify(made?.extractive ?? null).length / 102.4) / 10,
    };
  } finally {
    memory.close();
  }
}

console.log(
  `${availableParallelism()} cores, load ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}`,
);
console.table((sizes.length > 0 ? sizes : [100, 1_000, 10_000, 50_000]).map(measure));
