import { createDeletionOperations } from './deletion-writer.ts';
import { createEraseOperations } from './erase-writer.ts';
import { createObservationRecordOperations } from './observation-record-writer.ts';
import type { RecordWriterParts } from './record-parts.ts';
import { createSessionRecordOperations } from './session-record-writer.ts';

/** What the writer does for those who record, correct and delete by themselves. */
export function createRecordOperations(parts: RecordWriterParts) {
  return {
    ...createSessionRecordOperations(parts),
    ...createObservationRecordOperations(parts),
    ...createDeletionOperations(parts),
    ...createEraseOperations(parts),
  };
}
