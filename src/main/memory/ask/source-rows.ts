import { summaryLanguages, type SummaryContent } from '../../../shared/summary-views.ts';
import type { ReadableDb } from '../../store/database.ts';
import { likePattern } from '../../store/paging.ts';
import { stringList } from '../../store/string-list.ts';
import { unwantedObservation, unwantedSession } from '../unwanted.ts';
import type { Passage } from './passage.ts';

/** Where to look; null: everywhere, without that bound. Milliseconds since 1970. */
export interface SourceScope {
  projectId: string | null;
  since: number | null;
  until: number | null;
}

interface FoundRow {
  id: string;
  type: string;
  failed: number;
  session_id: string;
  session_pk: number;
  session_title: string | null;
  project_name: string;
  title: string;
  subtitle: string | null;
  narrative: string | null;
  facts: string;
  asked: string | null;
  /** What went wrong in its turn. */
  struggles: string | null;
  occurred_at: number;
}

interface SummaryRow {
  id: string;
  session_id: string | null;
  session_title: string | null;
  project_name: string;
  title: string;
  content: string;
  occurred_at: number;
}

interface StatementRow {
  id: string;
  project_name: string | null;
  text: string;
  detail: string | null;
  at: number;
}

/** What was concluded counts more than what was asked, and a person's own words about what holds most. */
const standings: Record<string, number> = { conclusion: 1, summary: 0.95, note: 0.85, plan: 0.8, request: 0.5 };
const standingOfTools = 0.75;
const standingOfFailures = 0.65;
const mostSummaries = 60;
const mostStatements = 2_000;

const inScope = (project: string, at: string) => `(@projectId IS NULL OR ${project} = @projectId)
  AND (@since IS NULL OR ${at} >= @since) AND (@until IS NULL OR ${at} < @until)`;

/** What memory has to answer with, besides what the search finds by itself. Nothing that a person hid or marked wrong. */
export function createSourceRows(db: ReadableDb) {
  const wanted = `NOT (${unwantedObservation('o.pk')} OR ${unwantedSession('o.session_pk')})`;
  const columns = `o.id, o.type, o.failed, s.id AS session_id, o.session_pk, s.title AS session_title, p.name AS project_name,
    o.title, o.subtitle, o.narrative, o.facts, o.occurred_at,
    (SELECT r.text FROM prompts r WHERE r.session_pk = o.session_pk AND r.prompt_id = o.prompt_id LIMIT 1) AS asked,
    CASE WHEN o.type = 'conclusion' THEN (
      SELECT group_concat(f.title || ' ' || COALESCE(f.subtitle, ''), char(10)) FROM observations f
      WHERE f.session_pk = o.session_pk AND f.prompt_id = o.prompt_id AND f.failed = 1) END AS struggles`;
  const from = `FROM observations o JOIN sessions s ON s.pk = o.session_pk JOIN projects p ON p.pk = o.project_pk`;
  const found = db.prepare<[string], FoundRow>(
    `SELECT ${columns} ${from} WHERE o.id IN (SELECT value FROM json_each(?)) AND ${wanted}`,
  );
  // A prompt that is like the question is found by its words; the answer to it stands at the end of its turn.
  const outcomes = db.prepare<[string], FoundRow>(`
    SELECT ${columns} FROM json_each(?) asked JOIN observations q ON q.id = asked.value AND q.type = 'request'
      JOIN observations o ON o.session_pk = q.session_pk AND o.prompt_id = q.prompt_id AND o.type = 'conclusion'
      JOIN sessions s ON s.pk = o.session_pk JOIN projects p ON p.pk = o.project_pk
    WHERE ${wanted}`);
  const summaries = db.prepare<[object], SummaryRow>(`
    SELECT m.id, s.id AS session_id, s.title AS session_title, p.name AS project_name, m.title, m.content, m.occurred_at
    FROM summaries m JOIN projects p ON p.pk = m.project_pk LEFT JOIN sessions s ON s.pk = m.session_pk
    WHERE m.is_current = 1 AND m.scope IN ('session', 'week') AND ${inScope('p.id', 'm.occurred_at')}
      AND (m.session_pk IN (SELECT value FROM json_each(@sessions))
        OR EXISTS (SELECT 1 FROM json_each(@patterns) w WHERE m.content LIKE w.value ESCAPE '\\'))
      AND (m.session_pk IS NULL OR NOT ${unwantedSession('m.session_pk')})
    ORDER BY m.occurred_at DESC LIMIT ${mostSummaries}`);
  const learnings = db.prepare<[object], StatementRow>(`
    SELECT l.id, p.name AS project_name, l.statement AS text, l.detail, l.updated_at AS at
    FROM learnings l LEFT JOIN projects p ON p.pk = l.project_pk
    WHERE l.state = 'approved' AND (l.expires_at IS NULL OR l.expires_at > @now)
      AND (l.project_pk IS NULL OR ${inScope('p.id', 'l.updated_at')})
    ORDER BY l.pinned DESC, l.updated_at DESC LIMIT ${mostStatements}`);
  const memories = db.prepare<[object], StatementRow>(`
    SELECT m.id, p.name AS project_name, v.text, NULL AS detail, m.updated_at AS at
    FROM memories m JOIN memory_versions v ON v.memory_pk = m.pk AND v.version = m.version
      LEFT JOIN projects p ON p.pk = m.project_pk
    WHERE m.forgotten_at IS NULL AND m.archived_at IS NULL AND (m.expires_at IS NULL OR m.expires_at > @now)
      AND (m.project_pk IS NULL OR ${inScope('p.id', 'm.updated_at')})
    ORDER BY m.updated_at DESC LIMIT ${mostStatements}`);

  return {
    /** The observations of a search, in no order, with what came of the prompts among them. */
    observations(ids: readonly string[]): { passages: Passage[]; sessionPks: number[] } {
      const list = JSON.stringify(ids);
      const rows = new Map([...found.all(list), ...outcomes.all(list)].map((row) => [row.id, row]));
      return {
        passages: [...rows.values()].map(ofObservation),
        sessionPks: [...new Set([...rows.values()].map((row) => row.session_pk))],
      };
    },
    /** Of those sessions, and what else says one of the words. */
    summaries(scope: SourceScope, sessionPks: readonly number[], words: readonly string[]): Passage[] {
      const patterns = words.map(likePattern);
      const values = { ...scope, sessions: JSON.stringify(sessionPks), patterns: JSON.stringify(patterns) };
      return summaries.all(values).flatMap(ofSummary);
    },
    /** What holds: approved learnings and what somebody asked to be remembered, of the project and of everywhere. */
    statements(scope: SourceScope, now: number): Passage[] {
      const values = { ...scope, now };
      return [
        ...learnings.all(values).map((row) => ofStatement('learning', row)),
        ...memories.all(values).map((row) => ofStatement('memory', row)),
      ];
    },
  };
}

function ofObservation(row: FoundRow): Passage {
  const isSaid = row.type === 'request' || row.type === 'conclusion' || row.type === 'note' || row.type === 'summary';
  const said = isSaid ? (row.narrative ?? row.title) : undefined;
  const told = [row.title, row.subtitle, ...stringList(row.facts), row.narrative].filter((part) => part !== null);
  const about = [row.asked ?? row.session_title ?? '', (row.struggles ?? '').slice(0, 600)];
  return {
    kind: 'observation',
    id: row.id,
    sessionId: row.session_id,
    sessionTitle: row.session_title,
    projectName: row.project_name,
    title: row.title,
    // Each line stands for itself: outputs are no paragraphs.
    text: said ?? told.join('\n').replaceAll('\n', '\n\n'),
    about: row.type === 'request' ? '' : about.join('\n').slice(0, 1_200).trim(),
    occurredAt: row.occurred_at,
    standing: standings[row.type] ?? (row.failed === 1 ? standingOfFailures : standingOfTools),
    isAsked: row.type === 'request',
    isTold: isSaid,
  };
}

function ofSummary(row: SummaryRow): Passage[] {
  const content = contentOf(row.content);
  if (content === null) return [];
  const said = [content.done, content.learned, content.key_points, content.investigated, content.open_ends].flat();
  return [
    {
      kind: 'summary',
      id: row.id,
      sessionId: row.session_id,
      sessionTitle: row.session_title,
      projectName: row.project_name,
      title: row.title,
      text: said.join('\n\n'),
      about: `${row.title}\n${content.request ?? ''}`.slice(0, 600),
      occurredAt: row.occurred_at,
      standing: 0.97,
      isAsked: false,
      isTold: true,
    },
  ];
}

function ofStatement(kind: 'learning' | 'memory', row: StatementRow): Passage {
  return {
    kind,
    id: row.id,
    sessionId: null,
    sessionTitle: null,
    projectName: row.project_name,
    title: row.text.split('\n', 1)[0]?.slice(0, 160).toWellFormed() ?? '',
    text: row.detail === null ? row.text : `${row.text}\n\n${row.detail}`,
    about: '',
    occurredAt: row.at,
    standing: 1,
    isAsked: false,
    isTold: true,
  };
}

type SaidContent = Pick<
  SummaryContent,
  'language' | 'request' | 'done' | 'learned' | 'key_points' | 'investigated' | 'open_ends'
>;

/** Null for a row that cannot be read. */
function contentOf(json: string): SaidContent | null {
  const value: unknown = JSON.parse(json);
  if (typeof value !== 'object' || value === null) return null;
  const parts = new Map<string, unknown>(Object.entries(value));
  const texts = (name: string) => stringList(JSON.stringify(parts.get(name) ?? []));
  const request = parts.get('request');
  return {
    language: summaryLanguages.find((known) => known === parts.get('language')) ?? 'en',
    request: typeof request === 'string' ? request : null,
    done: texts('done'),
    learned: texts('learned'),
    key_points: texts('key_points'),
    investigated: texts('investigated'),
    open_ends: texts('open_ends'),
  };
}
