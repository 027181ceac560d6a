import type { SummaryContent, SummaryScope, SummarySource } from '../../../shared/summary-views.ts';
import type { WritableDb } from '../database.ts';
import { newId } from '../ids.ts';
import { isNewestOrClient, toScope } from './summary-rows.ts';

/** What is summed up; `promptId` of turns, `week` (its Monday) of weeks, no session there. */
export interface SummarySubject {
  scope: SummaryScope;
  projectPk: number;
  sessionPk: number | null;
  promptId: string | null;
  week: string | null;
}

export interface NewSummary extends SummarySubject {
  source: SummarySource;
  model: string | null;
  promptVersion: string | null;
  /** SHA-256 of what it was made from. */
  inputHash: Uint8Array;
  content: SummaryContent;
  /** When what it tells of ended; of a week its Monday. Milliseconds since 1970. */
  occurredAt: number;
}

export interface KeptSummary {
  id: string;
  isCurrent: boolean;
}

export interface SummaryPlace extends SummarySubject {
  pk: number;
  id: string;
  sessionId: string | null;
  title: string;
}

/** The key under which the versions of the same thing stand. */
export function subjectKey({ scope, projectPk, sessionPk, promptId, week }: SummarySubject): string {
  if (scope === 'turn') return `turn:${sessionPk}:${promptId}`;
  return scope === 'session' ? `session:${sessionPk}` : `week:${projectPk}:${week}`;
}

interface VersionRow {
  version: number;
  input_hash: Uint8Array;
  is_chosen: number;
}

/** Versions of summaries: a new one is current, unless a person chose another that was made from the same. */
export function createSummaryWriter(db: WritableDb) {
  const newest = db.prepare<[string], { version: number | null }>(
    'SELECT MAX(version) AS version FROM summaries WHERE subject = ?',
  );
  const current = db.prepare<[string], VersionRow>(
    'SELECT version, input_hash, is_chosen FROM summaries WHERE subject = ? AND is_current = 1',
  );
  const known = db.prepare<[string, string, Uint8Array], { pk: number }>(
    `SELECT pk FROM summaries u WHERE subject = ? AND source = ? AND input_hash = ? AND ${isNewestOrClient} LIMIT 1`,
  );
  const retire = db.prepare<[string]>(
    'UPDATE summaries SET is_current = 0, is_chosen = 0 WHERE subject = ? AND is_current = 1',
  );
  const insert = db.prepare<[object]>(`
    INSERT INTO summaries (id, subject, scope, project_pk, session_pk, prompt_id, week, version, is_current, source, model,
      prompt_version, input_hash, title, content, occurred_at, created_at)
    VALUES (@id, @subject, @scope, @projectPk, @sessionPk, @promptId, @week, @version, @isCurrent, @source, @model,
      @promptVersion, @inputHash, @title, @content, @occurredAt, @at)`);
  const place = db.prepare<[string], PlaceRow>(`
    SELECT u.pk, u.id, u.scope, u.project_pk, u.session_pk, u.prompt_id, u.week, u.title, s.id AS session_id
    FROM summaries u LEFT JOIN sessions s ON s.pk = u.session_pk WHERE u.id = ?`);
  const choose = db.prepare<[number]>('UPDATE summaries SET is_current = 1, is_chosen = 1 WHERE pk = ?');

  return {
    /** Null when it is there already and `force` is not set. */
    insert(summary: NewSummary, { at, force }: { at: number; force: boolean }): KeptSummary | null {
      const { content, ...row } = summary;
      const subject = subjectKey(summary);
      if (!force && known.get(subject, summary.source, summary.inputHash) !== undefined) return null;
      const shown = current.get(subject);
      const isSame = shown !== undefined && Buffer.compare(shown.input_hash, summary.inputHash) === 0;
      // What the client said of the beginning of a session does not stand for all of it.
      const isCurrent =
        shown === undefined || (summary.source !== 'client' && (force || !(shown.is_chosen === 1 && isSame)));
      if (isCurrent) retire.run(subject);
      const id = newId(at);
      const version = (newest.get(subject)?.version ?? 0) + 1;
      const { title } = content;
      insert.run({
        ...row,
        id,
        subject,
        version,
        isCurrent: Number(isCurrent),
        title,
        content: JSON.stringify(content),
        at,
      });
      return { id, isCurrent };
    },
    find(id: string): SummaryPlace | null {
      const row = place.get(id);
      return row ? toPlace(row) : null;
    },
    /** Makes it the current version of its subject. */
    choose(summary: SummaryPlace): void {
      retire.run(subjectKey(summary));
      choose.run(summary.pk);
    },
  };
}

interface PlaceRow {
  pk: number;
  id: string;
  scope: string;
  project_pk: number;
  session_pk: number | null;
  session_id: string | null;
  prompt_id: string | null;
  week: string | null;
  title: string;
}

function toPlace(row: PlaceRow): SummaryPlace {
  return {
    pk: row.pk,
    id: row.id,
    scope: toScope(row.scope),
    projectPk: row.project_pk,
    sessionPk: row.session_pk,
    sessionId: row.session_id,
    promptId: row.prompt_id,
    week: row.week,
    title: row.title,
  };
}
