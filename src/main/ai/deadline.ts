/** How long is waited for an answer, in milliseconds. */
export interface Timeouts {
  /** For all of it. */
  overallMs: number;
  /** Until its first piece. */
  firstMs: number;
  /** Between two pieces. */
  idleMs: number;
}

export interface Deadline {
  /** Aborted when the time is over, and with the caller's. */
  signal: AbortSignal;
  /** A piece came. */
  heard(): void;
  /** Which time is over; null while there is some left. */
  missed(): { what: 'slow' | 'silent'; afterMs: number } | null;
  close(): void;
}

/** Watches over one answer; to be closed. */
export function createDeadline(timeouts: Timeouts, caller: AbortSignal): Deadline {
  const expired = new AbortController();
  let missed: ReturnType<Deadline['missed']> = null;
  const expire = (what: 'slow' | 'silent', afterMs: number) => {
    missed ??= { what, afterMs };
    expired.abort();
  };
  const after = (what: 'slow' | 'silent', ms: number) => setTimeout(expire, ms, what, ms);
  const overall = after('slow', timeouts.overallMs);
  let idle = after('slow', timeouts.firstMs);
  return {
    signal: AbortSignal.any([caller, expired.signal]),
    heard() {
      clearTimeout(idle);
      if (missed === null) idle = after('silent', timeouts.idleMs);
    },
    missed: () => missed,
    close() {
      clearTimeout(overall);
      clearTimeout(idle);
    },
  };
}
