import type { WritableDb } from '../../store/database.ts';
import { createConfigurationWriter } from '../../store/tables/configurations.ts';

const triedKey = 'health.tried_at';

/** What health asks of the writer thread: an answer that comes with the next commit, as that of every hook. */
export function createHealthOperations({ db }: { db: WritableDb }) {
  const configurations = createConfigurationWriter(db);
  return {
    /** With `writes` it writes a row, to find out whether that can be done again. */
    healthCommit({ writes, at }: { writes: boolean; at: number }): void {
      if (writes) configurations.putNumber(triedKey, at, at);
    },
  };
}
