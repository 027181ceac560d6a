import type { Ledger } from '../capture/ledger.ts';
import type { WritableDb } from '../store/database.ts';
import { createAgentOperations } from './agents/agent-writer.ts';
import type { GatedWriterParts } from './settings/intake-gate.ts';
import { createSettingOperations } from './settings/setting-writer.ts';
import { createPermissionOperations } from './permissions/permission-writer.ts';
import type { RecordWriterParts } from './records/record-parts.ts';
import { createRecordOperations } from './records/records-writer.ts';
import { createKeyOperations } from './access/key-writer.ts';
import { createLoginOperations } from './access/login-writer.ts';
import { createPeopleOperations } from './access/people-writer.ts';
import { createStatsOperations } from './stats/stats-writer.ts';
import { createToolOperations } from './tools/tool-writer.ts';
import { createCleanupOperations } from './understanding/cleanup-writer.ts';
import { createCostOperations } from './understanding/cost-writer.ts';
import { createGraphOperations } from './understanding/graph-writer.ts';
import { createHealthOperations } from './health/health-writer.ts';
import { createHistoryOperations } from './understanding/history-writer.ts';
import { createJobOperations } from './understanding/job-writer.ts';
import { createLearningApplication } from './understanding/learning-apply.ts';
import { createLearningUnions } from './understanding/learning-unions.ts';
import { createLearningOperations } from './understanding/learning-writer.ts';
import { createMemoryOperations } from './understanding/memory-writer.ts';
import { createModelOperations } from './understanding/model-writer.ts';
import { createSummaryOperations } from './understanding/summary-writer.ts';
import { createUpkeepOperations } from './understanding/upkeep-writer.ts';

export interface WriterOperationParts {
  db: WritableDb;
  /** `ledger.log` tells the windows, once the operation is committed. */
  ledger: Ledger;
  /** A bug that was caught. */
  onFault(fault: unknown): void;
}

/**
 * What the writer can be asked to do by name, with an answer. Each runs in a savepoint of its own inside the common commit:
 * one that throws leaves nothing behind and spoils no other. Throw `Refusal` for what is the caller's to handle.
 */
export function createWriterOperations(parts: RecordWriterParts & GatedWriterParts) {
  const effects = {
    ...createKeyOperations(parts),
    ...createLoginOperations(parts),
    ...createPeopleOperations(parts),
    ...createAgentOperations(parts),
    ...createCleanupOperations(parts),
    ...createCostOperations(parts),
    ...createGraphOperations(parts),
    ...createHealthOperations(parts),
    ...createHistoryOperations(parts),
    ...createLearningOperations(parts),
    ...createLearningUnions(parts),
    ...createLearningApplication(parts),
    ...createMemoryOperations(parts),
    ...createModelOperations(parts),
    ...createPermissionOperations(parts),
    ...createRecordOperations(parts),
    ...createSettingOperations(parts),
    ...createStatsOperations(parts),
    ...createSummaryOperations(parts),
    ...createToolOperations(parts),
    ...createUpkeepOperations(parts),
  };
  return {
    ...effects,
    ...createJobOperations(parts, effects),
  };
}

export type WriterOperations = ReturnType<typeof createWriterOperations>;
export type WriterOperationName = keyof WriterOperations;
export type WriterArguments<Name extends WriterOperationName> = WriterOperations[Name] extends (
  ...given: infer Given
) => unknown
  ? Given
  : never;
export type WriterAnswer<Name extends WriterOperationName> = WriterOperations[Name] extends (
  ...given: never[]
) => infer Answer
  ? Answer
  : never;
