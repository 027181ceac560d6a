import { deletion, observationStrength } from '../../memory/aging/plan-decay.ts';
import { faultInPolicy, policyKey, readPolicy } from '../../memory/aging/policy.ts';
import { agingTime } from '../../memory/aging/strength.ts';
import { createAgingReader, createAgingWriter } from '../../store/tables/aging-rows.ts';
import type { ObservationEraser } from '../../store/tables/erase-observations.ts';
import { createConfigurationWriter } from '../../store/tables/configurations.ts';
import type { AgingPolicy } from '../../../shared/upkeep-views.ts';
import { Refusal } from '../refusal.ts';
import type { WriterOperationParts } from '../writer-operations.ts';

/** How often observations were opened since it was told last, by their ids. */
export type UseCounts = readonly (readonly [id: string, count: number])[];

export interface UpkeepWriterParts extends WriterOperationParts {
  eraser: Pick<ObservationEraser, 'erase'>;
}

/** What the writer does about aging. */
export function createUpkeepOperations({ db, ledger, eraser }: UpkeepWriterParts) {
  const rows = createAgingReader(db);
  const writer = createAgingWriter(db);
  const configurations = createConfigurationWriter(db);

  return {
    upkeepSetPolicy({ policy, at }: { policy: AgingPolicy; at: number }): AgingPolicy {
      const fault = faultInPolicy(policy);
      if (fault !== null) throw new Refusal('REFUSED', fault);
      configurations.put(policyKey, JSON.stringify(policy), at);
      return readPolicy(policy);
    },
    /**
     * Deletes those of them that the policy lets go now, with their terms, vectors and tombstones; how many. One that was
     * pinned or used since the plan was made stays, and nothing goes after a person took the policy back.
     */
    upkeepDelete({ pks, at }: { pks: readonly number[]; at: number }): number {
      const policy = readPolicy(rows.configuration(policyKey));
      const now = agingTime(at);
      const gone = rows
        .observationsOf(pks)
        .filter((row) => deletion(row, policy, observationStrength(row, policy, now)) !== null)
        .map(({ pk }) => pk);
      const sessions = writer.sessionsOf(gone);
      const erased = eraser.erase(gone);
      for (const [sessionPk, sessionId, projectPk] of sessions) {
        ledger.log({ type: 'session.updated', at, projectPk, sessionPk, data: {} }, sessionId);
      }
      return erased;
    },
    /** How many were not archived before. */
    upkeepArchive({ memories, at }: { memories: readonly { pk: number; id: string }[]; at: number }): number {
      const archived = memories.filter(({ pk }) => writer.archive(pk, at));
      for (const { id } of archived) {
        const data = { memory_id: id, change: 'archived' };
        ledger.log({ type: 'memory.changed', at, projectPk: null, sessionPk: null, data });
      }
      return archived.length;
    },
    upkeepUsed({ counts, at }: { counts: UseCounts; at: number }): void {
      for (const [id, count] of counts) writer.use(id, count, at);
    },
  };
}
