import type { NewObservation, ObservationChange } from '../../api/record-services.ts';
import { sanitize } from '../../capture/sanitize.ts';
import { createAgentProgramWriter } from '../../store/tables/agent-programs.ts';
import { createContentReader } from '../../store/tables/observation-contents.ts';
import { createCorrectionWriter, observationCorrection } from '../../store/tables/observation-corrections.ts';
import { createObservationEdits } from '../../store/tables/observation-edits.ts';
import { createObservationWriter } from '../../store/tables/observations.ts';
import { Refusal } from '../refusal.ts';
import { createEnqueue } from '../understanding/job-enqueue.ts';
import { jobKeys } from '../understanding/job-keys.ts';
import { createSummaryTriggers } from '../understanding/summary-triggers.ts';
import { observationEvent } from './given-records.ts';
import type { RecordWriterParts } from './record-parts.ts';

/** Observations that programs add and people correct. */
export function createObservationRecordOperations({ db, ledger, index, gate }: RecordWriterParts) {
  const edits = createObservationEdits(db);
  const rows = createObservationWriter(db);
  const corrections = createCorrectionWriter(db);
  const contents = createContentReader(db);
  const summaries = createSummaryTriggers(db);
  const enqueue = createEnqueue(db);
  const programs = createAgentProgramWriter(db);

  return {
    /** Gives its id. */
    recordsAddObservation({ observation, at }: { observation: NewObservation; at: number }): string {
      const { session_id: sessionId } = observation;
      const agent = programs.nameOf(sessionId);
      if (agent === null || ledger.session(sessionId) === null) {
        throw new Refusal('NOT_FOUND', `There is no session with the id ${sessionId}. Create it first.`);
      }
      if (programs.isDisabled(agent)) {
        throw new Refusal('CONFLICT', `The agent ${agent} is disabled, and nothing is added to its sessions.`);
      }
      const event = { ...observationEvent(observation, at), agent };
      if (gate.pass(event, false) === null) {
        throw new Refusal(
          'CONFLICT',
          `The project of the session ${sessionId} is excluded: nothing of it is recorded.`,
        );
      }
      const { pk } = ledger.apply(event);
      const id = edits.idOf(pk);
      if (id === null) throw new Refusal('REFUSED', 'Nothing of the title is left without its secrets.');
      return id;
    },
    /** Corrects the view; the ledger keeps what was captured. */
    recordsCorrect({ id, change, at }: { id: string; change: ObservationChange; at: number }): boolean {
      const place = edits.find(id);
      if (place === null) return false;
      const { pk, sessionPk, sessionId, projectPk } = place;
      // As a hook's payload is cleaned.
      const given = observationCorrection.parse(sanitize(definedOf(change)));
      if (given.title?.trim() === '') throw new Refusal('REFUSED', 'Nothing of the title is left without its secrets.');
      corrections.put(pk, given, at);
      const data = { observation_id: id, ...(given.title === undefined ? {} : { title: given.title }) };
      const revision = ledger.log({ type: 'observation.updated', at, projectPk, sessionPk, data }, sessionId);
      edits.correct(pk, given, revision);
      const stored = contents.one(pk);
      if (stored !== null) rows.setTermCount(pk, index.put(pk, { ...unindexed, ...stored.content }));
      summaries.afterMark({ target: 'observation', id, at });
      const job = { kind: 'graph' as const, key: jobKeys.graph(sessionPk), payload: { rebuild: false } };
      enqueue({ ...job, projectPk, sessionPk, priority: 0, runAfter: at }, at);
      return true;
    },
  };
}

/** What the index does not look at. */
const unindexed = { type: 'note', importance: 0, failed: false, duration_ms: null } as const;

function definedOf(change: ObservationChange): object {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}
