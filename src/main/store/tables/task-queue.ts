import type { FailureClass, JobKind, JobState } from '../../../shared/job-views.ts';
import type { WritableDb } from '../database.ts';
import { newId } from '../ids.ts';

export interface NewTask {
  kind: JobKind;
  key: string;
  /** JSON. */
  payload: string;
  projectPk: number | null;
  sessionPk: number | null;
  priority: number;
  runAfter: number;
}

export interface ClaimedTask {
  id: string;
  kind: JobKind;
  payload: string;
  project_pk: number | null;
  session_pk: number | null;
  attempts: number;
}

/** Who ends or renews a job has to show the lease that it was claimed with. */
export interface HeldTask {
  id: string;
  lease: string;
}

export interface TaskFailure {
  class: FailureClass;
  message: string;
}

export interface TaskRow {
  pk: number;
  id: string;
  kind: JobKind;
  key: string;
  state: JobState;
  attempts: number;
  project_pk: number | null;
  session_pk: number | null;
}

/** However often the same work is put off, it begins after so many of its delays, or after a minute where that is longer. */
const mostDelays = 6;
const longestDelayMs = 60_000;
const replaced = 'The same work was queued anew; that job does it.';

/** The queue: at most one waiting and one running job of a key. One that waits for money runs for news all the same: rules cost none. */
export function createTaskQueueWriter(db: WritableDb) {
  const insert = db.prepare<[object], { id: string }>(`
    INSERT INTO task_queue (id, kind, key, payload, project_pk, session_pk, state, priority, run_after, created_at)
    VALUES (@id, @kind, @key, @payload, @projectPk, @sessionPk, 'waiting', @priority, @runAfter, @at)
    ON CONFLICT (key) WHERE state = 'waiting' DO UPDATE SET
      payload = CASE WHEN excluded.priority >= priority THEN excluded.payload ELSE payload END,
      run_after = CASE
        WHEN excluded.priority > priority THEN MIN(run_after, excluded.run_after)
        WHEN failure_class IS NOT NULL AND failure_class <> 'cap' THEN MAX(run_after, excluded.run_after)
        ELSE MIN(
          excluded.run_after,
          MAX(run_after, created_at + MAX(${longestDelayMs}, ${mostDelays} * (excluded.run_after - @at)))
        ) END,
      priority = MAX(priority, excluded.priority)
    RETURNING id`);
  const claim = db.prepare<[object], ClaimedTask>(`
    UPDATE task_queue SET state = 'running', lease = @lease, leased_until = @until, attempts = attempts + 1, started_at = @now,
      progress_done = NULL, progress_total = NULL
    WHERE pk = (
      SELECT first.pk FROM json_each(@kinds) AS wanted CROSS JOIN task_queue AS first ON first.pk = (
        SELECT next.pk FROM task_queue AS next
        WHERE next.state = 'waiting' AND next.kind = wanted.value AND next.run_after <= @now AND next.priority >= @leastPriority
          AND NOT EXISTS (SELECT 1 FROM task_queue AS other WHERE other.key = next.key AND other.state = 'running')
        ORDER BY next.priority DESC, next.run_after, next.pk LIMIT 1)
      ORDER BY first.priority DESC, first.run_after, first.pk LIMIT 1)
    RETURNING id, kind, payload, project_pk, session_pk, attempts`);
  const nextAt = db
    .prepare<[object], number>(
      // Told, because the planner would read and sort all that wait.
      `SELECT run_after FROM task_queue INDEXED BY task_queue_by_time
       WHERE state = 'waiting' AND run_after > @now AND kind IN (SELECT value FROM json_each(@kinds))
       ORDER BY run_after LIMIT 1`,
    )
    .pluck();
  const renew = db.prepare(
    `UPDATE task_queue SET leased_until = @until WHERE id = @id AND lease = @lease AND state = 'running'`,
  );
  const columns = 'pk, id, kind, key, state, attempts, project_pk, session_pk';
  const byId = db.prepare<[string], TaskRow>(`SELECT ${columns} FROM task_queue WHERE id = ?`);
  const byKey = db.prepare<[string, string], TaskRow>(
    `SELECT ${columns} FROM task_queue WHERE key = ? AND state = ? ORDER BY pk DESC LIMIT 1`,
  );
  const held = db.prepare<[object], TaskRow>(
    `SELECT ${columns} FROM task_queue WHERE id = @id AND lease = @lease AND state = 'running'`,
  );
  const overdue = db.prepare<[number], TaskRow>(
    `SELECT ${columns} FROM task_queue WHERE state = 'running' AND leased_until < ?`,
  );
  const parked = db
    .prepare<[object], string>(
      `SELECT id FROM task_queue WHERE state = 'parked' AND (@kind IS NULL OR kind = @kind) ORDER BY pk`,
    )
    .pluck();
  const end = db.prepare(`
    UPDATE task_queue SET state = @state, result = @result, ended_at = @now, lease = NULL, leased_until = NULL,
      failure_class = CASE WHEN @state = 'done' THEN NULL ELSE failure_class END,
      failure_message = CASE WHEN @state = 'done' THEN NULL ELSE failure_message END,
      failed_at = CASE WHEN @state = 'done' THEN NULL ELSE failed_at END
    WHERE pk = @pk`);
  const fail = db.prepare(
    'UPDATE task_queue SET failure_class = @class, failure_message = @message, failed_at = @now WHERE pk = @pk',
  );
  const wait = db.prepare(`
    UPDATE task_queue SET state = 'waiting', run_after = @runAfter, attempts = @attempts, lease = NULL, leased_until = NULL,
      result = NULL, ended_at = NULL, progress_done = NULL, progress_total = NULL WHERE pk = @pk`);
  const hurry = db.prepare(`
    UPDATE task_queue SET run_after = @now, priority = MAX(priority, @priority), attempts = 0,
      failure_class = NULL, failure_message = NULL, failed_at = NULL WHERE pk = @pk`);
  const delay = db.prepare('UPDATE task_queue SET run_after = MAX(run_after, @runAfter) WHERE pk = @pk');
  const progress = db.prepare(`
    UPDATE task_queue SET progress_done = @done, progress_total = @total, leased_until = @until
    WHERE id = @id AND lease = @lease AND state = 'running'`);
  const release = db.prepare(
    `UPDATE task_queue SET run_after = @now WHERE state = 'waiting' AND failure_class = 'cap' AND run_after > @now`,
  );
  const bringBack = db.prepare(
    `UPDATE task_queue SET run_after = @now WHERE state = 'waiting' AND run_after > @now AND max(created_at, ifnull(failed_at, 0)) > @now`,
  );
  const prune = db.prepare(`
    DELETE FROM task_queue WHERE pk IN (
      SELECT pk FROM task_queue
      WHERE ended_at < @before AND (state IN ('done', 'cancelled') OR ended_at < @parkedBefore) LIMIT @most)`);
  const pruneMany = db.prepare(`
    DELETE FROM task_queue WHERE pk IN (
      SELECT pk FROM task_queue WHERE state IN ('done', 'cancelled') ORDER BY pk DESC LIMIT @most OFFSET @kept)`);
  const newest = db.prepare<[], number | null>('SELECT MAX(pk) FROM task_queue').pluck();

  /** Back into the queue; where the same work was queued meanwhile, that job goes on with it and this one ends. */
  function putBack(row: TaskRow, next: { runAfter: number; attempts: number; now: number }): void {
    const twin = row.state === 'waiting' ? undefined : byKey.get(row.key, 'waiting');
    if (twin === undefined) return void wait.run({ pk: row.pk, runAfter: next.runAfter, attempts: next.attempts });
    end.run({ pk: row.pk, state: 'cancelled', result: replaced, now: next.now });
    delay.run({ pk: twin.pk, runAfter: next.runAfter });
  }

  return {
    /** Gives the id of the job that waits: this one, or the one with the same key that was there. */
    enqueue(task: NewTask, at: number): string {
      const id = newId(at);
      return insert.get({ ...task, id, at })?.id ?? id;
    },
    find: (id: string): TaskRow | null => byId.get(id) ?? null,
    runningWith: (key: string): TaskRow | null => byKey.get(key, 'running') ?? null,
    /** The job if this lease still holds it. */
    held: (task: HeldTask): TaskRow | null => held.get({ id: task.id, lease: task.lease }) ?? null,
    /** The job whose turn it is becomes running under the lease; null when there is none. */
    claim: (request: {
      lease: string;
      until: number;
      now: number;
      kinds: readonly JobKind[];
      leastPriority: number;
    }): ClaimedTask | null => claim.get({ ...request, kinds: JSON.stringify(request.kinds) }) ?? null,
    /** When the next job of these kinds may run; null when none waits for a time. */
    nextAt: (kinds: readonly JobKind[], now: number): number | null =>
      nextAt.get({ now, kinds: JSON.stringify(kinds) }) ?? null,
    /** False when the lease is lost. */
    renew: ({ id, lease }: HeldTask, until: number): boolean => renew.run({ id, lease, until }).changes > 0,
    /** Jobs whose runner has not been heard of in time. */
    overdue: (now: number): TaskRow[] => overdue.all(now),
    finish: (row: TaskRow, result: string, now: number) => void end.run({ pk: row.pk, state: 'done', result, now }),
    retry(row: TaskRow, failure: TaskFailure, next: { runAfter: number; attempts: number; now: number }): void {
      fail.run({ pk: row.pk, class: failure.class, message: failure.message, now: next.now });
      putBack(row, next);
    },
    park(row: TaskRow, failure: TaskFailure, now: number): void {
      fail.run({ pk: row.pk, class: failure.class, message: failure.message, now });
      end.run({ pk: row.pk, state: 'parked', result: null, now });
    },
    /** As if it had not been tried. */
    release: (row: TaskRow, now: number) =>
      putBack(row, { runAfter: now, attempts: Math.max(0, row.attempts - 1), now }),
    cancel: (row: TaskRow, now: number) => void end.run({ pk: row.pk, state: 'cancelled', result: null, now }),
    /** Goes at once, with all its attempts before it; gives the id of the job that does the work. */
    hurry(row: TaskRow, priority: number, now: number): string {
      putBack(row, { runAfter: now, attempts: 0, now });
      const next = byKey.get(row.key, 'waiting') ?? row;
      hurry.run({ pk: next.pk, priority, now });
      return next.id;
    },
    parked: (kind: JobKind | null): string[] => parked.all({ kind }),
    progress: ({ id, lease }: HeldTask, done: number, total: number, until: number) =>
      void progress.run({ id, lease, done, total, until }),
    /** Jobs that wait for money look again. */
    releaseCapped: (now: number): number => release.run({ now }).changes,
    /** Jobs of a clock that went ahead and was set right do not wait until it is as late as that. */
    bringBack: (now: number): number => bringBack.run({ now }).changes,
    /** Removes ended jobs of before, else such as are beyond the latest `kept`: at most `most` of them; gives how many. */
    prune({ kept, most, ...times }: { before: number; parkedBefore: number; kept: number; most: number }): number {
      return prune.run({ ...times, most }).changes || pruneMany.run({ kept, most }).changes;
    },
    /** Grows with each new job. */
    newest: (): number => newest.get() ?? 0,
  };
}

export type TaskQueueWriter = ReturnType<typeof createTaskQueueWriter>;
