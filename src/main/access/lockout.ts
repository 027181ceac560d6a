export interface Attempt {
  /** Milliseconds until the next attempt is heard; null for one that may go on. */
  lockedForMs: number | null;
  /** Failures in a row, this one included until it succeeds. */
  count: number;
  /** Set when this attempt, should it fail, locks. */
  lockedUntil: number | null;
}

export interface Lockout {
  /** Counts an attempt as failed before it is looked at, so that a hundred at once are no more than a hundred in turn. */
  attempt(key: string): Attempt;
  succeeded(key: string): void;
  /** For an attempt that nobody looked at. */
  withdraw(key: string): void;
  /** What was known before the start. */
  restore(key: string, count: number, lockedUntil: number | null): void;
}

export interface LockoutRule {
  /** Failures that are free. */
  free: number;
  firstLockMs: number;
  longestLockMs: number;
}

/** Of one account: five, then half a minute, doubling up to a quarter of an hour. */
export const accountRule: LockoutRule = { free: 5, firstLockMs: 30_000, longestLockMs: 15 * 60_000 };
/** Of one address, behind which there may be several people. */
export const addressRule: LockoutRule = { free: 20, firstLockMs: 30_000, longestLockMs: 15 * 60_000 };

/** Without another failure in this time, all is forgotten. */
const forgottenAfterMs = 24 * 60 * 60 * 1000;
/** Names at once; the one that failed longest ago goes first. */
const mostNames = 10_000;

/** Failures in a row by name, in memory. */
export function createLockout(rule: LockoutRule, now: () => number = Date.now): Lockout {
  const known = new Map<string, { count: number; lockedUntil: number; at: number }>();

  function put(key: string, entry: { count: number; lockedUntil: number; at: number }): void {
    known.delete(key);
    known.set(key, entry);
    const [oldest] = known.keys();
    if (known.size > mostNames && oldest !== undefined) known.delete(oldest);
  }

  return {
    attempt(key) {
      const at = now();
      const last = known.get(key);
      const isFresh = last !== undefined && last.at > at - forgottenAfterMs;
      if (isFresh && last.lockedUntil > at) {
        return { lockedForMs: last.lockedUntil - at, count: last.count, lockedUntil: last.lockedUntil };
      }
      const count = (isFresh ? last.count : 0) + 1;
      const doublings = count - rule.free;
      const lockMs = doublings < 0 ? 0 : Math.min(rule.firstLockMs * 2 ** doublings, rule.longestLockMs);
      put(key, { count, lockedUntil: at + lockMs, at });
      return { lockedForMs: null, count, lockedUntil: lockMs === 0 ? null : at + lockMs };
    },
    succeeded: (key) => void known.delete(key),
    withdraw(key) {
      const last = known.get(key);
      if (last !== undefined) put(key, { ...last, count: last.count - 1, lockedUntil: 0 });
    },
    restore(key, count, lockedUntil) {
      if (count > 0) put(key, { count, lockedUntil: lockedUntil ?? 0, at: now() });
    },
  };
}
