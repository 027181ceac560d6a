/**
 * What a `Retry-After` header asks to wait, in milliseconds from `now`: seconds or a date, as RFC 9110 §10.2.3 has it; at most
 * `longestMs`. Null when it cannot be read.
 */
export function readRetryAfter(header: string | null, now: number, longestMs: number): number | null {
  if (header === null) return null;
  const isSeconds = /^\s*\d+(\.\d+)?\s*$/.test(header);
  // A date begins with its weekday; of other texts Date.parse makes dates that nobody meant.
  if (!isSeconds && !/^\s*[A-Za-z]{3}/.test(header)) return null;
  const ms = isSeconds ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), longestMs) : null;
}
