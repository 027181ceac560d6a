import { captureDeleted } from '../../store/tables/deleted-rows.ts';
import { createDeletedSummaries } from '../../store/tables/deleted-summaries.ts';
import { createDeletionReader, createDeletionWriter, type Deletion } from '../../store/tables/deletions.ts';
import { createEventLogWriter } from '../../store/tables/event-log.ts';
import { createChangeWriter } from '../../store/tables/learning-changes.ts';
import { createContentReader } from '../../store/tables/observation-contents.ts';
import { createObservationEdits } from '../../store/tables/observation-edits.ts';
import {
  createRowRestore,
  type RestorePlace,
  restoreOtherTurns,
  restoreRows,
  restoreStart,
  type RowRestore,
} from '../../store/tables/restore-rows.ts';
import { createSessionEdits } from '../../store/tables/session-edits.ts';
import { createSessionWriter } from '../../store/tables/sessions.ts';
import { weekOf } from '../../../shared/weeks.ts';
import { createWithdrawalOfSession } from '../permissions/withdraw-of-session.ts';
import { Refusal } from '../refusal.ts';
import { createEnqueue } from '../understanding/job-enqueue.ts';
import { jobKeys } from '../understanding/job-keys.ts';
import { summariseWeekJob, weekOfSessionJob } from '../understanding/summary-jobs.ts';
import type { RecordWriterParts } from './record-parts.ts';

/** Observations, and then events, that one step takes away: about 50 ms of the writer (0.5 ms each, at 100,000 of them). */
const rowsAtOnce = 100;
/** Rows that one step puts back, their terms among them: about 20 ms of the writer (0.2 ms an observation). */
const restoredAtOnce = 100;

interface Named {
  id: string;
  at: number;
}

/** What one step of a restore leaves for the next. */
export interface ReturningSession {
  /** Of the next step. */
  step: number;
  rows: RowRestore;
  place: RestorePlace;
}

/**
 * Deletes sessions and single observations, and takes that back. What is deleted leaves the tables, so nothing that reads them can
 * show it; what an agent still reports to a deleted session is held, and hidden as the rest of it.
 */
export function createDeletionOperations({ db, ledger, eraser, index, returning }: RecordWriterParts) {
  const found = createDeletionReader(db);
  const deletions = createDeletionWriter(db);
  const sessions = createSessionEdits(db);
  const sessionRows = createSessionWriter(db);
  const observations = createObservationEdits(db);
  const contents = createContentReader(db);
  const summaries = createDeletedSummaries(db);
  const log = createEventLogWriter(db);
  const learningChanges = createChangeWriter(db);
  const enqueue = createEnqueue(db);
  const withdrawQuestions = createWithdrawalOfSession(db, ledger);

  function tellWeeks(deletion: Deletion, at: number): void {
    for (const week of summaries.takeWeeks(deletion)) {
      enqueue(summariseWeekJob({ projectPk: deletion.projectPk, week, withModel: false, now: at }), at);
    }
  }

  function tellSession({ projectPk }: Deletion, sessionPk: number, at: number): void {
    const payload = { scope: 'session', force: false, withModel: true };
    const job = { kind: 'summarise' as const, key: jobKeys.session(sessionPk), payload, projectPk, sessionPk };
    enqueue({ ...job, priority: 0, runAfter: at }, at);
  }

  /** Terms and files of rows that are back. */
  function indexAgain(observationPks: readonly number[]): void {
    for (const pk of observationPks) {
      const content = contents.one(pk)?.content;
      if (content === undefined) continue;
      index.put(pk, { type: 'note', importance: 0, failed: false, duration_ms: null, ...content });
      observations.linkFiles(pk, [...content.files_read, ...content.files_changed]);
    }
  }

  /** What is counted and made of a session that has more rows again. */
  function tellBack(sessionPk: number, projectPk: number, at: number): void {
    sessions.recount(sessionPk);
    const job = { kind: 'graph' as const, key: jobKeys.graph(sessionPk), payload: { rebuild: false } };
    enqueue({ ...job, projectPk, sessionPk, priority: 0, runAfter: at }, at);
    const lastEventAt = sessions.lastEventAt(sessionPk);
    if (lastEventAt === null || !summaries.hasSome(sessionPk)) return;
    enqueue(weekOfSessionJob(projectPk, weekOf(lastEventAt), at), at);
  }

  /**
   * Takes some of a session away: for the first time what is taken is kept. What was put back of a session that is kept whole goes as
   * it came.
   */
  function takeSome(deletion: Deletion, sessionPk: number, at: number): boolean {
    if (found.isComplete(deletion)) return removeSome(sessionPk);
    const isDone = captureDeleted(db, deletion, () => removeSome(sessionPk));
    tellWeeks(deletion, at);
    return isDone;
  }

  /** True when nothing is left of it. */
  function removeSome(sessionPk: number): boolean {
    const some = sessions.observations(sessionPk, rowsAtOnce);
    eraser.erase(some.map(({ pk }) => pk));
    if (some.length > 0) sessions.removeEvents(some.map(({ event_pk: pk }) => pk));
    if (some.length === rowsAtOnce) return false;
    const others = sessions.events(sessionPk, rowsAtOnce);
    sessions.removeEvents(others);
    if (others.length === rowsAtOnce) return false;
    sessions.keepTranscripts(sessionPk);
    learningChanges.blankOfSession(sessionPk);
    sessions.remove(sessionPk);
    return true;
  }

  return {
    /**
     * In steps, so that no hook waits for a long session: call again, with `goesOn`, while it says `more`. Null when there is no
     * such session, or when it was restored since the step before.
     */
    recordsDeleteSession({ id, at, goesOn = false }: Named & { goesOn?: boolean }): 'done' | 'more' | null {
      ledger.forget(id);
      const session = sessions.find(id);
      if (session === null) return null;
      const { pk: sessionPk, projectPk, title } = session;
      const begun = found.find('session', id);
      if (goesOn && (begun === null || returning.has(begun.pk))) return null;
      if (begun !== null) returning.delete(begun.pk);
      const deletion = begun ?? deletions.add({ kind: 'session', id, sessionId: id, sessionPk, projectPk, title }, at);
      if (begun === null) withdrawQuestions(sessionPk, at);
      ledger.withheld.hold(id);
      // Nobody was told that it came back.
      const isKnownGone = found.isComplete(deletion);
      if (!takeSome(deletion, sessionPk, at)) return 'more';
      if (isKnownGone) return 'done';
      ledger.log({ type: 'session.deleted', at, projectPk, sessionPk: null, data: { session_id: id } }, id);
      return 'done';
    },
    /** Sessions of which only a part was deleted, or had come back, when the worker ended. */
    recordsHalfDeleted: (): string[] => found.unfinished(),
    /**
     * In steps as well: call again with the `step` that it gives. Whenever the worker ends, all of the session is there or can be
     * restored. Null when nothing is kept of it, or when it was deleted again since the step before.
     */
    recordsRestoreSession({ id, at, step = 0 }: Named & { step?: number }): number | 'done' | null {
      const deletion = found.find('session', id);
      if (deletion === null) return null;
      const { pk, projectPk } = deletion;
      if (step === 0) returning.delete(pk);
      const begun = returning.get(pk) ?? { step: 0, rows: createRowRestore(db, deletion, null), place: restoreStart };
      if (begun.step !== step) return null;
      ledger.forget(id);
      if (step === 0) {
        const session = sessions.find(id);
        // Its deletion, or a restore before, was cut off.
        if (session !== null && !takeSome(deletion, session.pk, at)) return 0;
      }
      const { rows } = begun;
      let { place } = begun;
      for (let room = restoredAtOnce; ;) {
        const some = rows.putSome(place, room);
        if (some === null) break;
        indexAgain(some.observationPks);
        place = some.next;
        room -= some.rows;
        if (room > 0) continue;
        returning.set(pk, { step: step + 1, rows, place });
        return step + 1;
      }
      returning.delete(pk);
      const { sessionPk } = rows.finish();
      sessions.adoptTranscripts(sessionPk, id);
      const entry = { type: 'session.restored', at, projectPk, sessionPk, data: { session_id: id } } as const;
      observations.setRevisionOfSession(sessionPk, ledger.log(entry, id));
      tellBack(sessionPk, projectPk, at);
      deletions.remove(pk);
      for (const event of ledger.withheld.release(id)) ledger.apply(event);
      return 'done';
    },
    recordsDeleteObservation({ id, at }: Named): boolean {
      const observation = observations.find(id);
      // Of a session that goes or comes back at this moment there is none.
      if (observation === null || found.find('session', observation.sessionId) !== null) return false;
      const { pk, sessionPk, sessionId, projectPk, eventPk, promptId, title } = observation;
      ledger.forget(sessionId);
      const events = observations.events(eventPk);
      const deletion = deletions.add({ kind: 'observation', id, sessionId, sessionPk, projectPk, title }, at);
      captureDeleted(db, deletion, () => {
        eraser.erase([pk]);
        observations.removeEvents(eventPk, events);
      });
      const toldOf = summaries.scopes(deletion);
      restoreOtherTurns(db, deletion, promptId);
      ledger.withheld.suppress(
        events.map(({ key }) => key),
        at,
      );
      log.removeObservation(sessionPk, id);
      sessions.recount(sessionPk);
      sessionRows.refreshTitle(sessionPk);
      sessionRows.refreshConclusion(sessionPk);
      tellWeeks(deletion, at);
      if (toldOf.includes('session')) tellSession(deletion, sessionPk, at);
      const place = { at, projectPk, sessionPk };
      ledger.log({ type: 'session.updated', ...place, data: {} }, sessionId);
      ledger.log({ type: 'observation.deleted', ...place, data: { observation_id: id } }, sessionId);
      return true;
    },
    recordsRestoreObservation({ id, at }: Named): boolean {
      const deletion = found.find('observation', id);
      if (deletion === null) return false;
      const { sessionId, projectPk } = deletion;
      ledger.forget(sessionId);
      const session = sessions.find(sessionId);
      if (session === null || found.find('session', sessionId) !== null) {
        throw new Refusal('CONFLICT', `The session ${sessionId} of this observation was deleted. Restore it first.`);
      }
      const sessionPk = session.pk;
      // Those that were made meanwhile tell less.
      summaries.removeStale(deletion, sessionPk);
      const restored = restoreRows(db, deletion, sessionPk);
      ledger.withheld.allow(restored.eventKeys);
      const place = { at, projectPk, sessionPk };
      // To whoever lists a session it is as new.
      const data = { observation_id: id, restored: true };
      const revision = ledger.log({ type: 'observation.updated', ...place, data }, sessionId);
      indexAgain(restored.observationPks);
      for (const pk of restored.observationPks) observations.setRevision(pk, revision);
      tellBack(sessionPk, projectPk, at);
      if (summaries.hasSome(sessionPk)) tellSession(deletion, sessionPk, at);
      sessionRows.refreshTitle(sessionPk);
      sessionRows.refreshConclusion(sessionPk);
      deletions.remove(deletion.pk);
      ledger.log({ type: 'session.updated', ...place, data: {} }, sessionId);
      return true;
    },
  };
}
