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

  const namesOf = {
    files: db.prepare<[number], number>('SELECT file_pk FROM observation_files WHERE observation_pk = ?').pluck(),
    tags: db.prepare<[number], number>('SELECT tag_pk FROM observation_tags WHERE observation_pk = ?').pluck(),
  };
  const removeUnnamed = {
    files: db.prepare<[{ pk: number }]>(
      'DELETE FROM files WHERE pk = @pk AND NOT EXISTS (SELECT 1 FROM observation_files WHERE file_pk = @pk)',
    ),
    tags: db.prepare<[{ pk: number }]>(
      'DELETE FROM tags WHERE pk = @pk AND NOT EXISTS (SELECT 1 FROM observation_tags WHERE tag_pk = @pk)',
    ),
  };

  /** Terms and vectors; how many rows were deleted. */
  function removeTraces(limit: number): number {
    const rows = tombstones.unswept(limit);
    const last = rows.at(-1);
    if (last === undefined) return 0;
    // The terms of a pk that was given to a new row were replaced by that row's; a vector of it may still be the old one.
    for (const { pk, gone } of rows) if (gone) terms.remove(pk);
    embeddings.removeOrphans(new Set(rows.map(({ pk }) => pk)));
    tombstones.sweptTo(last.id);
    return rows.length;
  }

  function sweep(limit = Number.MAX_SAFE_INTEGER): boolean {
    const removed = removeTraces(limit);
    if (removed === 0) return false;
    // Which ones the rows named is no longer known.
    removeUnnamedFiles.run();
    removeUnnamedTags.run();
    return removed >= limit;
  }

  return {
    erase(pks) {
      sweep();
      const named = { files: new Set<number>(), tags: new Set<number>() };
      let erased = 0;
      for (const pk of pks) {
        for (const file of namesOf.files.all(pk)) named.files.add(file);
        for (const tag of namesOf.tags.all(pk)) named.tags.add(tag);
        const row = remove.get(pk);
        if (row === undefined) continue;
        discount.run(row.failed, row.session_pk);
        erased++;
      }
      if (erased === 0) return 0;
      removeTraces(Number.MAX_SAFE_INTEGER);
      for (const file of named.files) removeUnnamed.files.run({ pk: file });
      for (const tag of named.tags) removeUnnamed.tags.run({ pk: tag });
      return erased;
    },
    sweep,
    prune: () => tombstones.prune(),
  };
}
