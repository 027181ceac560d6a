import {
  contextReasons,
  contextSections,
  injectionKinds,
  type ContextLine,
  type InjectionKind,
  type InjectionView,
} from '../../../shared/context-views.ts';
import type { Page } from '../../../shared/views.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import { cursorsOf, toPage } from '../paging.ts';
import { isoTime } from '../times.ts';

export interface NewInjection {
  id: string;
  sessionPk: number;
  kind: InjectionKind;
  /** Null for the session's main agent. */
  agentId: string | null;
  promptId: string | null;
  prompt: string | null;
  file: string | null;
  text: string;
  tokens: number;
  budgetTokens: number;
  lines: readonly ContextLine[];
  at: number;
}

/** Keeps what was handed to an agent, with its lines. */
export function createInjectionWriter(db: WritableDb) {
  const insert = db.prepare<[object]>(`
    INSERT INTO injections (id, session_pk, kind, agent_id, prompt_id, prompt, file, text, tokens, budget_tokens, occurred_at)
    VALUES (@id, @sessionPk, @kind, @agentId, @promptId, @prompt, @file, @text, @tokens, @budgetTokens, @at)`);
  const insertLine = db.prepare<[object]>(`
    INSERT INTO injection_lines
      (injection_pk, position, section, reason, text, value, tokens, observation_pk, told_session_pk, learning_pk, memory_pk)
    VALUES (@injectionPk, @position, @section, @reason, @text, @value, @tokens,
      (SELECT pk FROM observations WHERE id = @observationId), (SELECT pk FROM sessions WHERE id = @sessionId),
      (SELECT pk FROM learnings WHERE id = @learningId), (SELECT pk FROM memories WHERE id = @memoryId))`);
  const usedLearning = db.prepare<[number, string]>(
    'UPDATE learnings SET use_count = use_count + 1, last_used_at = ? WHERE id = ?',
  );
  const usedMemory = db.prepare<[number, string]>(
    'UPDATE memories SET access_count = access_count + 1, last_accessed_at = ? WHERE id = ?',
  );
  return {
    insert(injection: NewInjection): void {
      const { lines, ...row } = injection;
      const injectionPk = insert.run(row).lastInsertRowid;
      for (const [position, line] of lines.entries()) {
        const { observation_id: observationId, session_id: sessionId, learning_id: learningId, ...rest } = line;
        const { memory_id: memoryId, ...words } = rest;
        insertLine.run({ ...words, injectionPk, position, observationId, sessionId, learningId, memoryId });
        if (learningId !== null) usedLearning.run(injection.at, learningId);
        if (memoryId !== null) usedMemory.run(injection.at, memoryId);
      }
    },
  };
}

interface InjectionRow {
  pk: number;
  id: string;
  kind: string;
  session_id: string;
  session_title: string | null;
  project_id: string;
  project_name: string;
  prompt_id: string | null;
  prompt: string | null;
  file: string | null;
  text: string;
  tokens: number;
  budget_tokens: number;
  occurred_at: number;
}

interface LineRow {
  injection_pk: number;
  section: string;
  reason: string;
  text: string;
  value: number;
  tokens: number;
  observation_id: string | null;
  session_id: string | null;
  learning_id: string | null;
  memory_id: string | null;
}

export interface InjectionQuery {
  session_id?: string | undefined;
  project_id?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** CROSS: begun with the few projects, all rows would have to be sorted for each page. */
const from =
  'FROM injections i CROSS JOIN sessions s ON s.pk = i.session_pk CROSS JOIN projects p ON p.pk = s.project_pk';

/** What was handed to agents, the newest first. */
export function createInjectionReader(db: ReadableDb) {
  const conditions = {
    none: '1',
    session: 'i.session_pk = (SELECT pk FROM sessions WHERE id = @session_id)',
    project: 's.project_pk = (SELECT pk FROM projects WHERE id = @project_id)',
  };
  const statements = {
    none: prepare(conditions.none),
    session: prepare(conditions.session),
    project: prepare(conditions.project),
    both: prepare(`${conditions.session} AND ${conditions.project}`),
  };
  const linesOf = db.prepare<[string], LineRow>(`
    SELECT l.injection_pk, l.section, l.reason, l.text, l.value, l.tokens, o.id AS observation_id, s.id AS session_id,
      b.id AS learning_id, m.id AS memory_id
    FROM injection_lines l LEFT JOIN observations o ON o.pk = l.observation_pk LEFT JOIN sessions s ON s.pk = l.told_session_pk
      LEFT JOIN learnings b ON b.pk = l.learning_pk LEFT JOIN memories m ON m.pk = l.memory_pk
    WHERE l.injection_pk IN (SELECT value FROM json_each(?)) ORDER BY l.injection_pk, l.position`);

  function prepare(where: string) {
    return {
      page: db.prepare<[object], InjectionRow>(`
        SELECT i.pk, i.id, i.kind, s.id AS session_id, s.title AS session_title, p.id AS project_id,
          p.name AS project_name, i.prompt_id, i.prompt, i.file, i.text, i.tokens, i.budget_tokens, i.occurred_at ${from}
        WHERE ${where} AND (i.occurred_at, i.pk) < (@at, @pk) ORDER BY i.occurred_at DESC, i.pk DESC LIMIT @limit`),
      total: db.prepare<[object], { total: number; before: number }>(`
        SELECT COUNT(*) AS total, COALESCE(SUM((i.occurred_at, i.pk) >= (@at, @pk)), 0) AS before ${from} WHERE ${where}`),
    };
  }

  return {
    list(query: InjectionQuery): Page<InjectionView> {
      const { session_id, project_id, limit } = query;
      const scope = session_id === undefined ? 'none' : 'session';
      const { page, total } = statements[project_id === undefined ? scope : scope === 'none' ? 'project' : 'both'];
      const cursors = cursorsOf('injections', { session_id, project_id });
      const [at, pk] = cursors.read(query.cursor, 2) ?? [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
      const bound = { session_id, project_id, at, pk };
      const rows = page.all({ ...bound, limit: limit + 1 });
      const lines = Map.groupBy(linesOf.all(JSON.stringify(rows.map((row) => row.pk))), (line) => line.injection_pk);
      const counts = total.get(bound) ?? { total: 0, before: 0 };
      return toPage(
        rows,
        { ...counts, limit },
        (row) => toView(row, lines.get(row.pk) ?? []),
        (row) => cursors.at([row.occurred_at, row.pk]),
      );
    },
  };
}

function toView(row: InjectionRow, lines: readonly LineRow[]): InjectionView {
  return {
    id: row.id,
    kind: injectionKinds.find((known) => known === row.kind) ?? 'startup',
    session_id: row.session_id,
    session_title: row.session_title,
    project: { id: row.project_id, name: row.project_name },
    prompt_id: row.prompt_id,
    prompt: row.prompt,
    file: row.file,
    text: row.text,
    characters: row.text.length,
    tokens: row.tokens,
    budget_tokens: row.budget_tokens,
    lines: lines.map(toLine),
    occurred_at: isoTime(row.occurred_at),
  };
}

function toLine(row: LineRow): ContextLine {
  return {
    section: contextSections.find((known) => known === row.section) ?? 'observations',
    text: row.text,
    reason: contextReasons.find((known) => known === row.reason) ?? 'important',
    value: row.value,
    tokens: row.tokens,
    observation_id: row.observation_id,
    session_id: row.session_id,
    learning_id: row.learning_id,
    memory_id: row.memory_id,
  };
}
