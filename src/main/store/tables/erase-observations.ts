import type { WritableDb } from '../database.ts';
import type { EmbeddingWriter } from './embeddings.ts';
import { createTombstoneWriter } from './tombstones.ts';

/** The text index, as far as rows are taken out of it; search/ gives the real one. */
export interface TermRemover {
  remove(pk: number): void;
}

export interface ObservationEraser {
  /** Removes rows with their terms, vectors, files and marks; answers how many were there. */
  erase(pks: Iterable<number>): number;
  /**
   * Removes the terms and vectors of rows that went with their session or project, and files
   * and tags that no row names any more. True when more than `limit` rows were deleted, and the rest is still to be swept.
   */
  sweep(limit?: number): boolean;
  /** Forgets deletions that were swept and that readers have had time to hear of. */
  prune(): void;
}

/**
 * Removes observations and what belongs to them. A cascade knows only tables with foreign keys, and the index and the vectors
 * have none: whoever deletes sessions or projects calls `sweep` in the same transaction.
 */
export function createObservationEraser(
  db: WritableDb,
  terms: TermRemover,
  embeddings: Pick<EmbeddingWriter, 'removeOrphans'>,
): ObservationEraser {
  const tombstones = createTombstoneWriter(db);
  const remove = db.prepare<[number], { session_pk: number; failed: number }>(
    'DELETE FROM observations WHERE pk = ? RETURNING session_pk, failed',
  );
  const discount = db.prepare<[number, number]>(
    'UPDATE sessions SET observation_count = observation_count - 1, failure_count = failure_count - ? WHERE pk = ?',
  );
  const removeUnnamedFiles = db.prepare(
    'DELETE FROM files WHERE NOT EXISTS (SELECT 1 FROM observation_files WHERE file_pk = files.pk)',
  );

  const removeUnnamedTags = db.prepare(
    'DELETE FROM tags WHERE NOT EXISTS (SELECT 1 FROM observation_tags WHERE tag_pk = tags.pk)',
  );

  function sweep(limit = Number.MAX_SAFE_INTEGER): boolean {
    const rows = tombstones.unswept(limit);
    const last = rows.at(-1);
    if (last === undefined) return false;
    // The terms of a pk that was given to a new row were replaced by that row's; a vector of it may still be the old one.
    for (const { pk, gone } of rows) if (gone) terms.remove(pk);
    embeddings.removeOrphans(new Set(rows.map(({ pk }) => pk)));
    removeUnnamedFiles.run();
    removeUnnamedTags.run();
    tombstones.sweptTo(last.id);
    return rows.length >= limit;
  }

  return {
    erase(pks) {
      let erased = 0;
      for (const pk of pks) {
        const row = remove.get(pk);
        if (row === undefined) continue;
        discount.run(row.failed, row.session_pk);
        erased++;
      }
      if (erased > 0) sweep();
      return erased;
    },
    sweep,
    prune: () => tombstones.prune(),
  };
}
