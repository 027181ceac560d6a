import { hash } from 'node:crypto';

/** Counters that reading itself moves; two answers that differ in them alone are the same to whoever keeps a copy. */
const moving: ReadonlySet<string> = new Set(['access_count', 'last_accessed_at']);

/** A weak tag of one resource. */
export function entityTag(value: unknown): string {
  const whole = JSON.stringify(value);
  // To look at each field takes five times as long as to write it down, and few resources have such counters.
  const text = [...moving].some((name) => whole?.includes(`"${name}":`))
    ? JSON.stringify(value, (name, inner: unknown) => (moving.has(name) ? undefined : inner))
    : whole;
  return `W/"${hash('sha256', text ?? '', 'base64url').slice(0, 27)}"`;
}

/** Whether `If-None-Match` names the tag; compared weakly, as RFC 9110 (13.1.2) wants it. */
export function isKnown(ifNoneMatch: string | undefined, tag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === '*') return true;
  const opaque = (entry: string) => entry.trim().replace(/^W\//, '');
  return ifNoneMatch.split(',').some((entry) => opaque(entry) === opaque(tag));
}
