import type { FailureClass, JobKind } from '../../shared/job-views.ts';

/** Work to be queued. */
export interface NewJob {
  kind: JobKind;
  /** The same key is queued once: while such a job waits, another one only moves its `runAfter`. */
  key: string;
  /** Its type goes by the kind; see `JobPayloads`. */
  payload: unknown;
  projectPk: number | null;
  sessionPk: number | null;
  /** Higher goes first; 0 is background, 10 what a person waits for. */
  priority: number;
  /** Milliseconds since 1970. */
  runAfter: number;
}

/** What the payload of each kind says; session and project are columns. */
export interface JobPayloads {
  /** `force` makes a new version although nothing changed; `withModel` false keeps to the rules. */
  summarise: ({ scope: 'turn'; promptId: string } | { scope: 'session' } | { scope: 'week'; week: string }) & {
    force: boolean;
    withModel: boolean;
  };
  /** `final`: the session is over, so a model may look at all of it; `force`: although one has. */
  learn: { final: boolean; force?: boolean };
  embed: { rebuild: boolean };
  /** Without a session: of everything, from the beginning. */
  graph: { rebuild: boolean };
  decay: Record<string, never>;
  consolidate: Record<string, never>;
  backup: Record<string, never>;
  cleanup: Record<string, never>;
  export: Record<string, never>;
}

export interface ClaimedJob<Kind extends JobKind = JobKind> {
  id: string;
  kind: Kind;
  payload: JobPayloads[Kind];
  projectPk: number | null;
  sessionPk: number | null;
  /** 1 for the first try. */
  attempt: number;
}

/** What came of a job: the writer does `apply` in the same transaction as it ends the job, so that both happen once. */
export interface JobEnd {
  /** One sentence for the jobs page. */
  result: string;
  /** An operation of the writer; null when nothing has to be written. */
  apply: { name: string; argument: unknown } | null;
  /** What follows from it. */
  enqueue?: NewJob[];
}

export interface JobRun<Kind extends JobKind = JobKind> {
  job: ClaimedJob<Kind>;
  /** Aborted when the job is cancelled or the worker closes. */
  signal: AbortSignal;
  progress(done: number, total: number): void;
}

/** Does one job. Throws `JobFailedError` (or a `ModelError`) to say how it failed; anything else counts as a bug and is parked. */
export type JobHandler<Kind extends JobKind = JobKind> = (run: JobRun<Kind>) => Promise<JobEnd>;
export type JobHandlers = { [Kind in JobKind]: JobHandler<Kind> };

/** A failure that the queue knows how to go on from. */
export class JobFailedError extends Error {
  readonly class: FailureClass;
  /** What the other side asked for; null leaves it to the back-off. */
  readonly retryAfterMs: number | null;
  constructor(failureClass: FailureClass, message: string, retryAfterMs: number | null = null) {
    super(message);
    this.name = 'JobFailedError';
    this.class = failureClass;
    this.retryAfterMs = retryAfterMs;
  }
}
