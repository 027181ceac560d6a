import type { WritableDb } from '../../store/database.ts';
import { truncateLog } from '../../store/truncate-log.ts';

/** What SQLite does only outside a transaction, so that it is a task of its own between two commits. */
export const fileTasks = ['checkpoint', 'vacuum', 'analyse'] as const;
export type FileTask = (typeof fileTasks)[number];

export interface FileCare {
  /** Sizes before and after, in bytes. */
  before: number;
  after: number;
  /** A reader needs the log, so it could not be emptied. */
  isBusy: boolean;
}

/** Cares for the file from the one connection that writes; hooks wait for as long as it takes. */
export function createFileCare(db: WritableDb): (task: FileTask) => FileCare {
  const bytes = () =>
    Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }));

  return (task) => {
    const before = bytes();
    switch (task) {
      case 'checkpoint':
        return { before, after: before, isBusy: !truncateLog(db) };
      case 'analyse':
        db.pragma('analysis_limit = 1000');
        db.pragma('optimize');
        return { before, after: before, isBusy: false };
      case 'vacuum': {
        // Its copy of everything belongs on the disk; what else is temporary is small and stays in memory.
        db.pragma('temp_store = FILE');
        try {
          db.exec('VACUUM');
        } finally {
          db.pragma('temp_store = MEMORY');
        }
        return { before, after: bytes(), isBusy: !truncateLog(db) };
      }
    }
  };
}
