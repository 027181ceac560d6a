import type { NewSession, SessionChange } from '../../api/record-services.ts';
import { sanitizeText } from '../../capture/sanitize.ts';
import { newId } from '../../store/ids.ts';
import { createAgentProgramWriter } from '../../store/tables/agent-programs.ts';
import { createSessionEdits } from '../../store/tables/session-edits.ts';
import { Refusal } from '../refusal.ts';
import { createJobTriggers } from '../understanding/job-triggers.ts';
import type { GatedWriterParts } from '../settings/intake-gate.ts';
import { sessionEvent } from './given-records.ts';
import { createDeletionReader } from '../../store/tables/deletions.ts';

/** Why a session ended that a program ended without a reason. */
const endedByProgram = 'api';

/** Sessions that programs begin and change by themselves. */
export function createSessionRecordOperations({ db, ledger, gate }: GatedWriterParts) {
  const sessions = createSessionEdits(db);
  const deletions = createDeletionReader(db);
  const programs = createAgentProgramWriter(db);
  const triggers = createJobTriggers(db);

  return {
    /** Gives its id. */
    recordsAddSession({ session, at }: { session: NewSession; at: number }): string {
      const id = session.id ?? newId(at);
      if (sessions.find(id) !== null) throw new Refusal('CONFLICT', `There is a session with the id ${id} already.`);
      if (deletions.find('session', id) !== null) {
        throw new Refusal('CONFLICT', `The session ${id} was deleted. Restore it, or choose another id.`);
      }
      if (ledger.withheld.isErased(id)) {
        throw new Refusal(
          'CONFLICT',
          `The session ${id} was erased, and its id is not used again. Choose another one.`,
        );
      }
      if (programs.isDisabled(session.agent)) {
        throw new Refusal('CONFLICT', `The agent ${session.agent} is disabled, and its sessions are not taken.`);
      }
      const event = sessionEvent(session, id, at);
      if (gate.pass(event, false) === null) {
        throw new Refusal('CONFLICT', `${session.cwd} is excluded: sessions in that folder are not recorded.`);
      }
      const given = session.title === undefined ? null : titleOf(session.title);
      ledger.apply(event);
      const place = ledger.session(id);
      if (place !== null && given !== null) sessions.setTitle(place.pk, given);
      return id;
    },
    recordsChangeSession({ id, change, at }: { id: string; change: SessionChange; at: number }): boolean {
      // What its events changed in this commit comes before what is said about it now.
      ledger.forget(id);
      const session = sessions.find(id);
      if (session === null) return false;
      const { title, status, end_reason: reason } = change;
      if (title !== undefined) sessions.setTitle(session.pk, titleOf(title));
      const place = { projectPk: session.projectPk, sessionPk: session.pk };
      if (status === 'active') sessions.reopen(session.pk);
      if (status === 'ended') {
        const why = sanitizeText(reason ?? endedByProgram);
        sessions.end(session.pk, why, at);
        triggers.endSession(session, at);
        ledger.log({ type: 'session.ended', at, ...place, data: { reason: why } }, id);
      } else if (reason !== undefined && !sessions.setReason(session.pk, sanitizeText(reason))) {
        throw new Refusal('CONFLICT', 'The session goes on: end it with "status": "ended" to say for which reason.');
      }
      ledger.log({ type: 'session.updated', at, ...place, data: {} }, id);
      return true;
    },
  };
}

function titleOf(given: string): string {
  const title = sanitizeText(given).trim();
  if (title === '') throw new Refusal('REFUSED', 'Nothing of the title is left without its secrets.');
  return title;
}
