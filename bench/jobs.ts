import Database from 'better-sqlite3';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { JobKind } from '../src/shared/job-views.ts';
import { startWorkerProcess } from './lib/child-server.ts';
import type { Figure } from './lib/figure.ts';
import { jobClient } from './lib/job-client.ts';
import { sendAll } from './lib/load.ts';
import { mintedSessions, type MintedSession } from './lib/recorded-events.ts';
import { seededRandom } from './lib/seeded-random.ts';
import { withTemporaryFolder } from './lib/temporary-folder.ts';

const sessionsARound = 2;
/** Longer than any of these jobs takes on the slowest machine. */
const patienceMs = 120_000;
const ofSessions: readonly JobKind[] = ['summarise', 'learn', 'graph'];
const ofEverything: readonly JobKind[] = ['backup', 'export', 'cleanup'];

export interface JobKillOutcome {
  kills: number;
  /** Kills that met at least one running job. */
  hits: number;
  /** Different jobs that a person asked for, and hooks. */
  jobs: number;
  /** Attempts that a kill cut off. */
  cutOff: number;
  /** Jobs that ended more than once, or never, or not as done. */
  wrong: string[];
  /** Summaries beyond one for each job that may make one. */
  extraEffects: number;
  damage: string[];
}

/** Kills the worker (SIGKILL) while jobs run, so many times, then lets it come to its end and looks at every job. */
export async function jobKills(kills: number, seed: number): Promise<JobKillOutcome> {
  return withTemporaryFolder(async (folder) => {
    const random = seededRandom(seed);
    const sessions = mintedSessions();
    const outcome: JobKillOutcome = { kills: 0, hits: 0, jobs: 0, cutOff: 0, wrong: [], extraEffects: 0, damage: [] };
    await prepare(folder);
    while (outcome.kills < kills) {
      const left = await killOnce(
        folder,
        Array.from({ length: sessionsARound }, () => sessions.next().value),
        random,
      );
      outcome.kills += 1;
      outcome.hits += left > 0 ? 1 : 0;
      outcome.cutOff += left;
    }
    await drain(folder);
    inspect(folder, outcome);
    return outcome;
  });
}

/** Has the file itself write down each end of a job, in the transaction that ends it: a second end cannot hide. */
async function prepare(folder: string): Promise<void> {
  const worker = await startWorkerProcess(folder);
  const jobs = jobClient(worker);
  for (const kind of ofSessions) await jobs.setConcurrency(kind, 3);
  await worker.stop();
  const db = new Database(join(folder, 'memory.db'));
  db.exec(`
    CREATE TABLE bench_ends (id TEXT NOT NULL, state TEXT NOT NULL);
    CREATE TRIGGER bench_notes_ends AFTER UPDATE OF state ON task_queue
      WHEN new.state NOT IN ('waiting', 'running') AND old.state <> new.state
      BEGIN INSERT INTO bench_ends VALUES (new.id, new.state); END;
    CREATE TABLE bench_asked (id TEXT PRIMARY KEY);`);
  db.close();
}

/** Gives how many jobs ran when it was killed. */
async function killOnce(folder: string, sessions: MintedSession[], random: () => number): Promise<number> {
  const worker = await startWorkerProcess(folder);
  const jobs = jobClient(worker);
  await sendAll(
    worker,
    sessions.flatMap(({ events }) => events),
    1,
  );
  const asked: string[] = [];
  // The last requests may meet a dead worker.
  const asking = (async () => {
    for (const { id } of sessions) for (const kind of ofSessions) asked.push((await jobs.enqueue(kind, id)).id);
    for (const kind of ofEverything) asked.push((await jobs.enqueue(kind)).id);
  })().catch(() => undefined);
  const db = new Database(join(folder, 'memory.db'), { readonly: true });
  const running = db.prepare<[], number>(`SELECT count(*) FROM task_queue WHERE state = 'running'`).pluck();
  const claims = db.prepare<[], number>('SELECT coalesce(sum(attempts), 0) FROM task_queue').pluck();
  const killAfter = (claims.get() ?? 0) + 1 + Math.floor(random() * 8);
  const until = Date.now() + 5_000;
  // Looks as often as it can: most jobs take a few milliseconds.
  while (Date.now() < until && !((claims.get() ?? 0) >= killAfter && (running.get() ?? 0) > 0)) await delay(0);
  await worker.kill();
  await asking;
  const left = running.get() ?? 0;
  db.close();
  keepAsked(folder, asked);
  return left;
}

/** Ids that the worker has acknowledged: they may not get lost. */
function keepAsked(folder: string, ids: readonly string[]): void {
  const db = new Database(join(folder, 'memory.db'));
  const insert = db.prepare('INSERT OR IGNORE INTO bench_asked VALUES (?)');
  db.transaction(() => ids.forEach((id) => insert.run(id)))();
  db.close();
}

/** Lets everything come to its end; what waits for its back-off or a hook's delay goes at once. */
async function drain(folder: string): Promise<void> {
  const worker = await startWorkerProcess(folder);
  const jobs = jobClient(worker);
  const db = new Database(join(folder, 'memory.db'), { readonly: true });
  const open = db.prepare<[], { id: string; state: string }>(
    `SELECT id, state FROM task_queue WHERE state IN ('waiting', 'running')`,
  );
  const until = Date.now() + patienceMs;
  for (let left = open.all(); left.length > 0; left = open.all()) {
    if (Date.now() > until) throw new Error(`${left.length} jobs did not end.`);
    // One that began meanwhile refuses to be hurried.
    for (const { id, state } of left) if (state === 'waiting') await jobs.retry(id).catch(() => undefined);
    await delay(50);
  }
  db.close();
  const exitCode = await worker.stop();
  if (exitCode !== 0) throw new Error(`After the last kill the worker stopped with ${exitCode}.`);
}

function inspect(folder: string, outcome: JobKillOutcome): void {
  const db = new Database(join(folder, 'memory.db'), { readonly: true });
  const rows = db
    .prepare<[], { id: string; kind: string; state: string; ends: number }>(
      `SELECT t.id, t.kind, t.state, (SELECT count(*) FROM bench_ends e WHERE e.id = t.id) AS ends FROM task_queue t`,
    )
    .all();
  outcome.jobs = rows.length;
  // Cancelled: the same work was queued anew while the job waited for its next try, and that job has done it.
  const isRight = ({ ends, state }: { ends: number; state: string }) => ends === 1 && state !== 'parked';
  outcome.wrong = rows
    .filter((row) => !isRight(row))
    .map(({ id, kind, state, ends }) => `${kind} ${id} is ${state} and ended ${ends} times`);
  const lost = db.prepare<[], string>('SELECT id FROM bench_asked WHERE id NOT IN (SELECT id FROM task_queue)').pluck();
  outcome.wrong.push(...lost.all().map((id) => `${id} was acknowledged and is gone`));
  outcome.extraEffects = Number(
    db
      .prepare(
        `SELECT coalesce(sum(max(0, made - allowed)), 0) FROM (
           SELECT s.session_pk, count(*) AS made,
             2 * (SELECT count(*) FROM task_queue t WHERE t.session_pk = s.session_pk AND t.kind = 'summarise'
               AND t.state = 'done' AND json_extract(t.payload, '$.scope') = 'session') AS allowed
           FROM summaries s WHERE s.scope = 'session' GROUP BY s.session_pk)`,
      )
      .pluck()
      .get(),
  );
  const integrity = String(db.pragma('integrity_check', { simple: true }));
  if (integrity !== 'ok') outcome.damage.push(integrity);
  db.close();
}

/** The same as figures; a job that ended twice, or never, makes the target unmet. */
export async function benchJobs(kills: number): Promise<Figure[]> {
  const { hits, jobs, cutOff, wrong, extraEffects, damage } = await jobKills(kills, 20_261_121);
  for (const what of [...wrong, ...damage]) console.error(what);
  const none = { kind: 'at most', value: 0 } as const;
  return [
    { name: 'kill -9 during jobs', unit: 'kills', value: kills },
    { name: 'kills that met running jobs', unit: 'kills', value: hits },
    { name: 'attempts that a kill cut off', unit: 'attempts', value: cutOff },
    { name: 'jobs', unit: 'jobs', value: jobs },
    { name: 'jobs that did not end once', unit: 'jobs', value: wrong.length, target: none },
    { name: 'summaries of sessions beyond one a job and source', unit: 'rows', value: extraEffects, target: none },
    { name: 'integrity checks that were not ok', unit: 'checks', value: damage.length, target: none },
  ];
}
