import type { ReadableDb, WritableDb } from '../database.ts';

/** More past queries help nobody, and say much about a person. */
const mostQueries = 1_000;

/** Keeps queries that led somewhere; whoever calls has taken secrets out of them. */
export function createSearchHistoryWriter(db: WritableDb) {
  const put = db.prepare<[string, number]>(`
    INSERT INTO search_history (query, used_at, count) VALUES (?, ?, 1)
    ON CONFLICT (query) DO UPDATE SET used_at = excluded.used_at, count = count + 1`);
  const prune = db.prepare<[number]>(`
    DELETE FROM search_history WHERE query IN (
      SELECT query FROM search_history ORDER BY used_at DESC, query LIMIT -1 OFFSET ?)`);
  const clear = db.prepare('DELETE FROM search_history');
  return {
    remember(query: string, at: number): void {
      const text = query.trim().replaceAll(/\s+/gu, ' ');
      if (text === '') return;
      put.run(text, at);
      prune.run(mostQueries);
    },
    forget: () => void clear.run(),
  };
}

export interface PastQuery {
  query: string;
  count: number;
  usedAt: number;
}

/** The newest first. */
export function createSearchHistoryReader(db: ReadableDb) {
  const all = db.prepare<[], PastQuery>(
    'SELECT query, count, used_at AS usedAt FROM search_history ORDER BY used_at DESC, query',
  );
  return { all: (): PastQuery[] => all.all() };
}
