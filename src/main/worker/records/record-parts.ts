import type { TextIndex } from '../../capture/ledger.ts';
import type { RevertibleMap } from '../revertible-map.ts';
import type { GatedWriterParts } from '../settings/intake-gate.ts';
import type { UpkeepWriterParts } from '../understanding/upkeep-writer.ts';
import type { ReturningSession } from './deletion-writer.ts';

export interface RecordWriterParts extends UpkeepWriterParts, GatedWriterParts {
  index: TextIndex;
  /** Sessions that come back, by their deletion. What is remembered of them between two steps is nowhere else. */
  returning: RevertibleMap<number, ReturningSession>;
  /** Once nothing waits, what was overwritten leaves the write-ahead log, too. */
  truncateLog(): void;
}
