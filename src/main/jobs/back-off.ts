import { failureClasses, type FailureClass } from '../../shared/job-views.ts';

/** How an attempt failed, in the class by which the queue goes on. */
export interface AttemptFailure {
  class: FailureClass;
  message: string;
  retryAfterMs: number | null;
}

/** What becomes of the job. `counts`: whether the attempt is one of those that it has. */
export type Verdict = { what: 'retry'; afterMs: number; counts: boolean } | { what: 'park' };

interface RetryRule {
  attempts: number;
  firstMs: number;
  longestMs: number;
}

/** Hangs and overload pass within minutes; a limit of requests an hour needs more patience. */
const rules: Partial<Record<FailureClass, RetryRule>> = {
  transient: { attempts: 6, firstMs: 10_000, longestMs: 30 * 60_000 },
  rate_limit: { attempts: 10, firstMs: 30_000, longestMs: 60 * 60_000 },
};
const untilParked = 6;

/** Attempts that a job has when its last failure was of this class. */
export function mostAttempts(failure: FailureClass | null): number {
  return (failure === null ? null : rules[failure])?.attempts ?? untilParked;
}

/**
 * Exponential back-off with jitter in the upper half, so that jobs which failed together do not come back together; what the
 * other side asks for is waited for at least. Without money a job waits for the next day unless the failure says until when.
 */
export function verdictOn(
  { class: failureClass, retryAfterMs }: AttemptFailure,
  attempt: number,
  { now, random }: { now: number; random: () => number },
): Verdict {
  if (failureClass === 'cap') {
    return { what: 'retry', afterMs: retryAfterMs ?? nextMidnight(now) - now, counts: false };
  }
  const rule = rules[failureClass];
  if (rule === undefined || attempt >= rule.attempts) return { what: 'park' };
  const grown = Math.min(rule.firstMs * 2 ** (attempt - 1), rule.longestMs);
  const jittered = grown * (0.5 + random() / 2);
  return { what: 'retry', afterMs: Math.round(Math.max(retryAfterMs ?? 0, jittered)), counts: true };
}

/** In the worker's time zone, by which the caps count days. */
function nextMidnight(now: number): number {
  const day = new Date(now);
  return new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1).getTime();
}

/** Reads the class off an error that has one; null for a bug. */
export function failureOf(error: unknown): AttemptFailure | null {
  if (!(error instanceof Error) || !('class' in error)) return null;
  const failureClass = failureClasses.find((known) => known === error.class);
  if (failureClass === undefined) return null;
  const asked = 'retryAfterMs' in error && typeof error.retryAfterMs === 'number' ? error.retryAfterMs : null;
  return { class: failureClass, message: error.message, retryAfterMs: asked };
}
