import { setTimeout as delay } from 'node:timers/promises';
import { RequestFailure } from './request-failure.ts';

export interface RetryRule {
  /** Tries in all. */
  attempts: number;
  /** Before the second try; doubles with each. */
  firstPauseMs: number;
  longestPauseMs: number;
}

/** Waits; rejects with the signal's reason when it is aborted. */
export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

export const waitFor: Wait = (ms, signal) => delay(ms, undefined, { signal, ref: false });

/**
 * Tries again what failed for a while only, after a pause that grows and is drawn from its upper half, so that several clients do
 * not come back together; a pause that the endpoint asks for is kept, and one too long for `longestPauseMs` ends the tries.
 */
export async function withRetry<T>(
  attempt: () => Promise<T>,
  rule: RetryRule,
  parts: { wait: Wait; random: () => number; signal: AbortSignal },
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      const asked = error instanceof RequestFailure ? error.retryAfterMs : null;
      const isOver = tries >= rule.attempts || (asked !== null && asked > rule.longestPauseMs);
      if (!(error instanceof RequestFailure) || !error.isPassing || isOver) throw error;
      const grown = Math.min(rule.firstPauseMs * 2 ** (tries - 1), rule.longestPauseMs);
      await parts.wait(Math.max(asked ?? 0, grown * (0.5 + parts.random() / 2)), parts.signal);
    }
  }
}
