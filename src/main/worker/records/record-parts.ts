import type { TextIndex } from '../../capture/ledger.ts';
import type { GatedWriterParts } from '../settings/intake-gate.ts';
import type { UpkeepWriterParts } from '../understanding/upkeep-writer.ts';

export interface RecordWriterParts extends UpkeepWriterParts, GatedWriterParts {
  index: TextIndex;
  /** Once nothing waits, what was overwritten leaves the write-ahead log, too. */
  truncateLog(): void;
}
