import type { WritableDb } from '../database.ts';
import type { ObservationCorrection } from './observation-corrections.ts';

export interface ObservationPlace {
  pk: number;
  sessionPk: number;
  sessionId: string;
  projectPk: number;
  eventPk: number;
  promptId: string | null;
  title: string;
}

/** What people change of single observations, and what goes with one that is deleted. */
export function createObservationEdits(db: WritableDb) {
  const find = db.prepare<[string], ObservationPlace>(`
    SELECT o.pk, o.session_pk AS sessionPk, s.id AS sessionId, o.project_pk AS projectPk, o.event_pk AS eventPk,
      o.prompt_id AS promptId, o.title
    FROM observations o JOIN sessions s ON s.pk = o.session_pk WHERE o.id = ?`);
  const idOf = db.prepare<[number], string>('SELECT id FROM observations WHERE event_pk = ?').pluck();
  const correct = db.prepare(`
    UPDATE observations SET type = COALESCE(@type, type), title = COALESCE(@title, title),
      subtitle = COALESCE(@subtitle, subtitle), facts = COALESCE(@facts, facts), narrative = COALESCE(@narrative, narrative),
      concepts = COALESCE(@concepts, concepts), importance = COALESCE(@importance, importance), revision = @revision
    WHERE pk = @pk`);
  const setRevision = db.prepare<[number, number]>('UPDATE observations SET revision = ? WHERE pk = ?');
  const reviseSession = db.prepare<[number, number]>('UPDATE observations SET revision = ? WHERE session_pk = ?');
  // The call before its result, and the request for leave between them, say the same again.
  const events = db.prepare<[number], { pk: number; key: string }>(`
    SELECT e.pk, hex(e.event_key) AS key FROM events own JOIN events e ON e.pk = own.pk OR e.session_pk = own.session_pk AND (
      e.tool_use_id = own.tool_use_id OR e.tool_use_id IS NULL
        AND json_extract(e.payload, '$.tool_input') = json_extract(own.payload, '$.tool_input'))
    WHERE own.pk = ?`);
  const removeEvent = db.prepare<[number]>('DELETE FROM events WHERE pk = ?');
  const removeRequests = db.prepare<[number]>(`
    DELETE FROM permission_requests WHERE state <> 'pending' AND EXISTS (
      SELECT 1 FROM events e WHERE e.pk = ? AND e.session_pk = permission_requests.session_pk AND json_valid(input)
        AND json(input) = json_extract(e.payload, '$.tool_input'))`);
  const removeTold = db.prepare<[number]>(`
    DELETE FROM injections WHERE pk IN (
      SELECT i.pk FROM prompts p JOIN injections i ON i.session_pk = p.session_pk
      WHERE p.event_pk = ? AND i.prompt IS NOT NULL AND substr(p.text, 1, length(i.prompt)) = i.prompt)`);
  const file = db.prepare<[string], number>('SELECT pk FROM files WHERE path = ?').pluck();
  const addFile = db.prepare<[string]>('INSERT INTO files (path) VALUES (?)');
  const link = db.prepare<[number, number]>(
    'INSERT OR IGNORE INTO observation_files (file_pk, observation_pk) VALUES (?, ?)',
  );
  return {
    find: (id: string) => find.get(id) ?? null,
    /** Of the one that an event made. */
    idOf: (eventPk: number) => idOf.get(eventPk) ?? null,
    correct(pk: number, correction: ObservationCorrection, revision: number): void {
      const { facts, concepts } = correction;
      correct.run({
        type: correction.type ?? null,
        title: correction.title ?? null,
        subtitle: correction.subtitle ?? null,
        narrative: correction.narrative ?? null,
        importance: correction.importance ?? null,
        facts: facts === undefined ? null : JSON.stringify(facts),
        concepts: concepts === undefined ? null : JSON.stringify(concepts),
        revision,
        pk,
      });
    },
    setRevision: (pk: number, revision: number) => void setRevision.run(revision, pk),
    setRevisionOfSession: (sessionPk: number, revision: number) => void reviseSession.run(revision, sessionPk),
    /** Its own event and those that tell of the same, with their keys in hexadecimal. */
    events: (eventPk: number) => events.all(eventPk),
    removeEvents(eventPk: number, others: readonly { pk: number }[]): void {
      removeRequests.run(eventPk);
      removeTold.run(eventPk);
      for (const { pk } of others) removeEvent.run(pk);
    },
    linkFiles(pk: number, paths: readonly string[]): void {
      for (const path of paths) {
        link.run(file.get(path) ?? Number(addFile.run(path).lastInsertRowid), pk);
      }
    },
  };
}
