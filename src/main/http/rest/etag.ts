import { hash } from 'node:crypto';

/** What reading or use moves by itself; two answers that differ in it alone are the same to whoever keeps a copy or changes the thing. */
const moving: ReadonlySet<string> = new Set(['access_count', 'last_accessed_at', 'last_used_at', 'use_count']);

/** A strong tag of one thing, as it goes out unpacked. */
export function entityTag(value: unknown): string {
  const whole = JSON.stringify(value);
  // To look at each field takes five times as long as to write it down, and few resources have such counters.
  const text = [...moving].some((name) => whole?.includes(`"${name}":`))
    ? JSON.stringify(value, (name, inner: unknown) => (moving.has(name) ? undefined : inner))
    : whole;
  return tagOfText(text ?? '');
}

/** A strong tag of a text. */
export function tagOfText(text: string): string {
  return `"${hash('sha256', text, 'base64url').slice(0, 27)}"`;
}

/** Packed it is other bytes, which want a tag of their own (RFC 9110, 8.8.3); given back, it names the same state of the thing. */
export function packedTag(tag: string, packing: string): string {
  return `${unpacked(tag).slice(0, -1)}:${packing}"`;
}

/** Which entry of `If-None-Match` names the tag, null for none; compared weakly, as RFC 9110 (13.1.2) wants it. */
export function knownTag(ifNoneMatch: string | undefined, tag: string): string | null {
  if (ifNoneMatch === undefined) return null;
  if (ifNoneMatch.trim() === '*') return tag;
  return entriesOf(ifNoneMatch).find((entry) => unpacked(entry) === unpacked(tag)) ?? null;
}

/** Whether `If-Match` names the tag; compared strongly, as RFC 9110 (13.1.1) wants it: a weak tag never does. */
export function isMatched(ifMatch: string, tag: string): boolean {
  if (ifMatch.trim() === '*') return true;
  return entriesOf(ifMatch).some((entry) => !isWeak(entry) && unpacked(entry) === tag);
}

/** Whether all that `If-Match` names is weak: a proxy may have made it so. */
export function isAllWeak(ifMatch: string): boolean {
  return entriesOf(ifMatch).every(isWeak);
}

function entriesOf(header: string): string[] {
  return header.split(',').map((entry) => entry.trim());
}

function isWeak(entry: string): boolean {
  return entry.startsWith('W/');
}

function unpacked(entry: string): string {
  // No tag of ours has a colon but before its packing.
  return entry.replace(/^W\//, '').replace(/:\w+"$/, '"');
}
