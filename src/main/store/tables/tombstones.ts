import type { ReadableDb, WritableDb } from '../database.ts';

/** Tombstones up to this id have been swept: no term and no vector of their rows is left. */
const sweptToKey = 'tombstones.swept_to';
/** A reader that is further behind reads everything again. */
const tombstonesKept = 20_000;

export interface TombstoneReader {
  /** Rows that were deleted since the last call, some of them written again since; null when that is no longer known. */
  next(): number[] | null;
  /** From now on, tells of what is deleted later. */
  skip(): void;
  /** Rows that were deleted and whose vectors may still be there. */
  unswept(): number[];
}

/** Tells a reader that keeps rows in memory which of them were deleted. Call inside the snapshot that reads the rows. */
export function createTombstoneReader(db: ReadableDb): TombstoneReader {
  const newest = db
    .prepare<[], number>("SELECT seq FROM sqlite_sequence WHERE name = 'observation_tombstones'")
    .pluck();
  const oldest = db.prepare<[], number | null>('SELECT min(id) FROM observation_tombstones').pluck();
  const after = db
    .prepare<[number], number>('SELECT observation_pk FROM observation_tombstones WHERE id > ? ORDER BY id')
    .pluck();
  const unswept = db
    .prepare<[string], number>(
      `SELECT observation_pk FROM observation_tombstones
       WHERE id > coalesce((SELECT CAST(value AS INTEGER) FROM configurations WHERE key = ?), 0)`,
    )
    .pluck();
  let readTo = 0;

  return {
    next() {
      const last = newest.get() ?? 0;
      if (last === readTo) return [];
      if ((oldest.get() ?? last + 1) > readTo + 1) return null;
      const pks = after.all(readTo);
      readTo = last;
      return pks;
    },
    skip: () => void (readTo = newest.get() ?? 0),
    unswept: () => unswept.all(sweptToKey),
  };
}

export interface TombstoneWriter {
  /** At most `limit` rows that were deleted and not swept yet. */
  unswept(limit: number): { id: number; pk: number; gone: boolean }[];
  sweptTo(id: number): void;
  /** Drops old tombstones that were swept. */
  prune(): void;
  /** Drops all of them, which were swept, and lets every reader find that it is behind. */
  startAnew(): void;
}

export function createTombstoneWriter(db: WritableDb): TombstoneWriter {
  const sweptTo = db
    .prepare<[string], number>('SELECT CAST(value AS INTEGER) FROM configurations WHERE key = ?')
    .pluck();
  const put = db.prepare<[string, string]>(`
    INSERT INTO configurations (key, value, updated_at) VALUES (?, ?, unixepoch('subsec') * 1000)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`);
  const unswept = db.prepare<[number, number], { id: number; pk: number; gone: number }>(`
    SELECT t.id, t.observation_pk AS pk, o.pk IS NULL AS gone FROM observation_tombstones t
    LEFT JOIN observations o ON o.pk = t.observation_pk WHERE t.id > ? ORDER BY t.id LIMIT ?`);
  const prune = db.prepare<[number, number]>(`
    DELETE FROM observation_tombstones WHERE id <= ? AND id <= (SELECT max(id) FROM observation_tombstones) - ?`);
  const mark = db.prepare('INSERT INTO observation_tombstones (observation_pk, deleted_at) VALUES (0, 0)');
  const clear = db.prepare('DELETE FROM observation_tombstones');
  const readSweptTo = () => sweptTo.get(sweptToKey) ?? 0;
  return {
    unswept: (limit) => unswept.all(readSweptTo(), limit).map((row) => ({ ...row, gone: row.gone === 1 })),
    sweptTo: (id) => void put.run(sweptToKey, String(id)),
    prune: () => void prune.run(readSweptTo(), tombstonesKept),
    startAnew() {
      // Its number is used up, and nobody can read it.
      mark.run();
      clear.run();
    },
  };
}
