import { parseQuery } from '../parse-query.ts';

/** A Wednesday, half past eleven. */
export const testClock = { now: Date.UTC(2026, 10, 18, 10, 30), timeZone: 'Europe/Berlin' };

/** The words that are left of a query, and its clauses as one line. */
export function understood(query: string): [words: string, clauses: string] {
  const { words, clauses } = parseQuery(query, testClock);
  const lines = clauses.map(({ kind, value, problem }) => `${kind} ${value}${problem === null ? '' : ` (${problem})`}`);
  return [words, lines.join(' | ')];
}
