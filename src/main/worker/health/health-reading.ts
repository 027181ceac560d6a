import type { ReadableDb } from '../../store/database.ts';
import { createStatisticsReader } from '../../store/tables/statistics.ts';

/** What health and metrics ask of the reader threads. */
export function createHealthReading(db: ReadableDb) {
  const statistics = createStatisticsReader(db);
  return {
    /** Touches the file and nothing that grows with it. */
    healthProbe: () => ({ schemaVersion: statistics.schemaVersion() }),
    healthFigures: () => ({ ...statistics.counts(), hooks: statistics.hooks() }),
  };
}
