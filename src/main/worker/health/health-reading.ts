import type { ReadableDb } from '../../store/database.ts';
import { createStatisticsReader } from '../../store/tables/statistics.ts';
import { createToolReader } from '../../store/tables/tools.ts';

/** What health and metrics ask of the reader threads. */
export function createHealthReading(db: ReadableDb) {
  const statistics = createStatisticsReader(db);
  const tools = createToolReader(db);
  return {
    /** Touches the file and nothing that grows with it. */
    healthProbe: () => ({ schemaVersion: statistics.schemaVersion() }),
    healthFigures: () => ({
      rows: statistics.counts(),
      hooks: statistics.hooks(),
      tools: tools.usage(),
      permissions: statistics.permissions(),
    }),
  };
}
