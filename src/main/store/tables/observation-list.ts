import type { Mark } from '../../../shared/context-views.ts';
import type { ObservationType, ObservationView, Page } from '../../../shared/views.ts';
import type { ReadableDb } from '../database.ts';
import { createListing } from './listing.ts';
import { observationColumns, observationFrom, toObservationView, type ObservationRow } from './observation-reader.ts';

export interface ObservationListQuery {
  project_id?: string | undefined;
  session_id?: string | undefined;
  /** The program whose session it is. */
  agent?: string | undefined;
  types?: ObservationType[] | undefined;
  tool?: string | undefined;
  failed?: boolean | undefined;
  mark?: Mark | undefined;
  since?: string | undefined;
  until?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

/** What `observations_by_time` holds is asked of it; the plus keeps the planner from an index that knows no order. */
const conditions = {
  project: '+t.project_pk = (SELECT pk FROM projects WHERE id = @project)',
  session: 't.session_pk = (SELECT pk FROM sessions WHERE id = @session)',
  agent: '+t.session_pk IN (SELECT pk FROM sessions WHERE agent = @agent)',
  types: 't.type IN (SELECT value FROM json_each(@types))',
  tool: 't.tool = @tool',
  failed: 't.failed = @failed',
  mark: 't.pk IN (SELECT observation_pk FROM observation_marks WHERE mark = @mark)',
  since: 't.occurred_at >= @since',
  until: 't.occurred_at < @until',
} as const;

/** Observations of all sessions, the newest first. */
export function createObservationList(db: ReadableDb) {
  // Crossed, which keeps the order: a planner without statistics walks the projects first and sorts all that there is.
  const from = observationFrom.replaceAll(/\bo\b/g, 't').replaceAll(/(?<!LEFT )JOIN/g, 'CROSS JOIN');
  const columns = observationColumns.replaceAll(/\bo\./g, 't.');
  const list = createListing<ObservationRow, ObservationView>(db, {
    columns,
    from,
    table: 'observations',
    conditions,
    toView: toObservationView,
  });
  return (query: ObservationListQuery): Page<ObservationView> =>
    list({
      values: {
        project: query.project_id,
        session: query.session_id,
        agent: query.agent,
        types: query.types === undefined ? undefined : JSON.stringify(query.types),
        tool: query.tool,
        failed: query.failed === undefined ? undefined : Number(query.failed),
        mark: query.mark,
        since: query.since === undefined ? undefined : Date.parse(query.since),
        until: query.until === undefined ? undefined : Date.parse(query.until),
      },
      isOldestFirst: false,
      cursor: query.cursor,
      limit: query.limit,
    });
}
