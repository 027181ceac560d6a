import type { WritableDb } from '../store/database.ts';
import { logSize, truncateLog } from '../store/truncate-log.ts';

/** Fewer tasks are not worth a sync to the disk. */
const tasksForCheckpoint = 100;
/** A log of this size (32 MB) is left as it is: to write over its pages costs less than to have them anew. */
const keptBytes = 32 * 1024 * 1024;

/** Keeps the write-ahead log short at moments in which no task waits. What throws `SqliteError` is to be tried again later. */
export function createLogCare(db: WritableDb, databaseFile: string) {
  let since = 0;
  let hasErased = false;

  /** True when it has to be tried again: a reader that is busy holds it up, and what was erased stays in the log until then. */
  function empty(): boolean {
    const isEmpty = truncateLog(db);
    if (isEmpty) hasErased = false;
    return !isEmpty;
  }

  return {
    /** A log that an end without a close has left may hold what was erased before it. */
    opened(): void {
      if (logSize(databaseFile) === 0) return;
      hasErased = true;
      empty();
    },
    committed: (tasks: number): void => void (since += tasks),
    /** What was erased must not stay in the log. */
    erased: (): void => void (hasErased = true),
    /** For a short pause. True when it has to be called again, although nothing else comes. */
    rest(): boolean {
      if (hasErased) return empty();
      if (since >= tasksForCheckpoint) {
        db.pragma('wal_checkpoint(PASSIVE)');
        since = 0;
      }
      return false;
    },
    /** For a long pause: empties a log that many events have left long. True when a reader needs it for now. */
    shorten: (): boolean => (hasErased || logSize(databaseFile) > keptBytes) && empty(),
  };
}
