import type { ReadableDb } from './database.ts';

/** Counts of lists that people look at; more of them are counted again. */
const mostCounts = 200;

/**
 * Keeps counts until another connection commits (sqlite.org/pragma.html#pragma_data_version): counting 100,000 rows costs more than
 * reading a page of them, and whoever turns pages asks for the same number each time.
 */
export function createCountCache(db: ReadableDb): (key: string, count: () => number) => number {
  const version = db.prepare<[], number>('PRAGMA data_version').pluck();
  const counts = new Map<string, number>();
  let countedAt: number | undefined;
  return (key, count) => {
    const now = version.get();
    if (now !== countedAt || counts.size >= mostCounts) counts.clear();
    countedAt = now;
    const value = counts.get(key) ?? count();
    counts.set(key, value);
    return value;
  };
}
