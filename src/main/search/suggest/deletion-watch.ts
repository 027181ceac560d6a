import type { ReadableDb } from '../../store/database.ts';
import { createTombstoneReader } from '../../store/tables/tombstones.ts';

/** Tells whether rows were deleted since it was asked last: words that are kept in memory may be theirs. */
export function createDeletionWatch(db: ReadableDb): () => boolean {
  const tombstones = createTombstoneReader(db);
  return () => {
    const deleted = tombstones.next();
    if (deleted === null) tombstones.skip();
    return deleted === null || deleted.length > 0;
  };
}
