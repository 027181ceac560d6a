import type { ReadableDb } from '../database.ts';

export interface PendingRow {
  pk: number;
  revision: number;
  /** Of the text that was embedded last; null for a row that never was. */
  contentHash: Uint8Array | null;
}

export interface Pending {
  /** Newest first; rows that were given before and still wait come first. */
  rows: PendingRow[];
  /** False while older rows were not looked at: then ask again, even when there are no rows. */
  complete: boolean;
}

export interface PendingReader {
  /** Rows of which the model has no vector, or one of an older text. */
  next(modelPk: number, limit: number): Pending;
  /** Looks at every row again: vectors were taken away from rows that stayed as they were. */
  lookAgain(): void;
}

/** Revisions (exclusive, inclusive] at which nobody has looked yet. */
type Span = [low: number, high: number];

interface Progress {
  /** Newest first. */
  spans: Span[];
  seenUpTo: number;
  /** Handed out, and not yet known to be embedded. */
  given: number[];
}

type Row = [pk: number, revision: number, contentHash: Uint8Array | null];

/** Revisions looked at by one call, so that a large memory is searched in steps; bench/vectors tells the slowest. */
const spanPerCall = 20_000;

/**
 * Finds what is to be embedded. It remembers which revisions were looked at, so that each row is looked at once; rows that
 * were handed out are looked at again, so that a batch that failed is not lost.
 */
export function createPendingReader(db: ReadableDb): PendingReader {
  const newest = db.prepare<[], number | null>('SELECT max(revision) FROM observations').pluck();
  const within = db
    .prepare<{ model: number; low: number; high: number; limit: number }, Row>(
      `SELECT o.pk, o.revision, e.content_hash FROM observations o INDEXED BY observations_by_revision
       LEFT JOIN embeddings e ON e.observation_pk = o.pk AND e.model_pk = :model
       WHERE o.revision > :low AND o.revision <= :high AND (e.revision IS NULL OR e.revision < o.revision)
       ORDER BY o.revision DESC LIMIT :limit`,
    )
    .raw(true);
  const among = db
    .prepare<{ model: number; pks: string }, Row>(
      `SELECT o.pk, o.revision, e.content_hash FROM json_each(:pks) given JOIN observations o ON o.pk = given.value
       LEFT JOIN embeddings e ON e.observation_pk = o.pk AND e.model_pk = :model
       WHERE e.revision IS NULL OR e.revision < o.revision ORDER BY o.revision DESC`,
    )
    .raw(true);
  const models = new Map<number, Progress>();

  function progressOf(model: number): Progress {
    const known = models.get(model) ?? { spans: [], seenUpTo: -1, given: [] };
    models.set(model, known);
    const top = newest.get() ?? -1;
    if (top > known.seenUpTo) {
      known.spans.unshift([known.seenUpTo, top]);
      known.seenUpTo = top;
    }
    return known;
  }

  /** Takes from the newest span; what was not looked at stays in it. */
  function look(progress: Progress, model: number, limit: number): Row[] {
    const found: Row[] = [];
    let allowance = spanPerCall;
    while (allowance > 0 && found.length < limit) {
      const [span] = progress.spans;
      if (span === undefined) break;
      const [low, high] = span;
      const from = Math.max(low, high - allowance);
      allowance -= high - from;
      const rows = within.all({ model, low: from, high, limit: limit - found.length });
      found.push(...rows);
      // Rows of one revision may be cut apart by the limit, so the last one is looked at again.
      if (found.length >= limit) span[1] = rows.at(-1)?.[1] ?? from;
      else if (from > low) span[1] = from;
      else progress.spans.shift();
    }
    return found;
  }

  return {
    lookAgain: () => models.clear(),
    next: (model, limit) =>
      db.snapshot(() => {
        const progress = progressOf(model);
        const again = progress.given.length === 0 ? [] : among.all({ model, pks: JSON.stringify(progress.given) });
        const rows = new Map(again.map((row) => [row[0], row]));
        if (rows.size < limit) for (const row of look(progress, model, limit)) rows.set(row[0], row);
        progress.given = [...rows.keys()];
        return {
          rows: [...rows.values()]
            .slice(0, limit)
            .map(([pk, revision, contentHash]) => ({ pk, revision, contentHash })),
          complete: progress.spans.length === 0 && rows.size <= limit,
        };
      }),
  };
}
