import { createSummaryPlanner } from '../../memory/summaries/plan.ts';
import type { ReadableDb } from '../../store/database.ts';
import { createSummaryReader, type SummaryQuery } from '../../store/tables/summary-reader.ts';
import type { SummaryScope } from '../../../shared/summary-views.ts';

export interface SummaryTargetRequest {
  scope: SummaryScope;
  session_id?: string | undefined;
  prompt_id?: string | undefined;
  project_id?: string | undefined;
}

/** What the reader threads know of summaries; `planSummary` computes for long and belongs on the intake thread. */
export function createSummaryReading(db: ReadableDb) {
  const summaries = createSummaryReader(db);
  const session = db.prepare<[string], { pk: number; project_pk: number }>(
    'SELECT pk, project_pk FROM sessions WHERE id = ?',
  );
  const project = db.prepare<[string], { pk: number }>('SELECT pk FROM projects WHERE id = ?');
  const prompt = db.prepare<[number, string], { pk: number }>(
    'SELECT pk FROM prompts WHERE session_pk = ? AND prompt_id = ?',
  );
  return {
    planSummary: createSummaryPlanner(db),
    listSummaries: (query: SummaryQuery) => summaries.list(query),
    getSummary: (id: string) => summaries.get(id),
    summaryVersions: (id: string) => summaries.versions(id),
    /** Null when there is no such session, turn of it, or project. */
    summaryTarget(request: SummaryTargetRequest): { projectPk: number; sessionPk: number | null } | null {
      if (request.scope === 'week') {
        const row = project.get(request.project_id ?? '');
        return row === undefined ? null : { projectPk: row.pk, sessionPk: null };
      }
      const row = session.get(request.session_id ?? '');
      if (row === undefined) return null;
      if (request.scope === 'turn' && prompt.get(row.pk, request.prompt_id ?? '') === undefined) return null;
      return { projectPk: row.project_pk, sessionPk: row.pk };
    },
  };
}
