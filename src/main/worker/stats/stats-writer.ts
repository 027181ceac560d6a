import { createSnapshotWriter } from '../../store/tables/statistics-over-time.ts';
import type { WriterOperationParts } from '../writer-operations.ts';
import { timeZone } from './time-zone.ts';

/** Keeps, once a day, what nobody can count later. */
export function createStatsOperations({ db }: Pick<WriterOperationParts, 'db'>) {
  const snapshots = createSnapshotWriter(db);
  return {
    /** `zone`: the IANA name of where the day is. */
    statsSnapshot: ({ at, zone }: { at: number; zone: string }): void => snapshots.put(timeZone(zone).start('day', at)),
  };
}
