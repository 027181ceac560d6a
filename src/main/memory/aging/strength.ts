const dayMs = 86_400_000;

/** What of a thing decides how strong the memory of it is; times in milliseconds since 1970. */
export interface Aged {
  /** 0 to 1: an observation's or memory's importance, a learning's confidence. */
  importance: number;
  /** When it was made or last made anew. */
  madeAt: number;
  /** How often it was opened, handed back or confirmed. */
  uses: number;
  lastUsedAt: number | null;
  halfLifeDays: number;
  /** A person wants it kept. */
  pinned: boolean;
}

/**
 * 0 to 1: importance × 2^(−idle / half), where idle is the time since it was made or last used, and half is the half-life of
 * its kind times 1 + ln(1 + uses): each use starts the forgetting anew and slows it, as recall does (half-life regression,
 * Settles and Meeder 2016). Pinned is 1. It never grows while nobody uses it.
 */
export function strengthOf({ importance, madeAt, uses, lastUsedAt, halfLifeDays, pinned }: Aged, now: number): number {
  if (pinned) return 1;
  const idleDays = Math.max(0, now - Math.max(madeAt, lastUsedAt ?? 0)) / dayMs;
  const half = halfLifeDays * (1 + Math.log1p(Math.max(0, uses)));
  return Math.min(1, Math.max(0, importance)) * 2 ** (-idleDays / half);
}

/** The day's beginning in UTC: a report and the run that follows it reckon with the same time, all day long. */
export function agingTime(now: number): number {
  return Math.floor(now / dayMs) * dayMs;
}

export function daysBefore(now: number, days: number): number {
  return now - days * dayMs;
}
