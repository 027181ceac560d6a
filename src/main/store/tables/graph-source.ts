import type { ReadableDb } from '../database.ts';
import { stringList } from '../string-list.ts';

/** What the graph is made from of one observation. */
export interface GraphSource {
  pk: number;
  projectPk: number;
  type: string;
  tool: string | null;
  title: string;
  subtitle: string | null;
  narrative: string | null;
  concepts: string[];
  files: string[];
  changed: string[];
  failed: boolean;
  /** The line of shell as it was given; null for what is no command. */
  command: string | null;
  /** What a failed call answered; null where the ledger does not say. */
  error: string | null;
}

export interface SessionSource {
  /** Oldest first. */
  rows: GraphSource[];
  /** The greatest revision among them. */
  revision: number;
}

interface SourceRow {
  pk: number;
  project_pk: number;
  type: string;
  tool: string | null;
  title: string;
  subtitle: string | null;
  narrative: string | null;
  concepts: string;
  files_read: string;
  files_changed: string;
  failed: number;
  command: unknown;
  error: unknown;
  revision: number;
}

/** Reads sessions as the graph sees them. */
export function createGraphSourceReader(db: ReadableDb) {
  const session = db.prepare<[number], SourceRow>(`
    SELECT o.pk, o.project_pk, o.type, o.tool, o.title, o.subtitle, o.narrative, o.concepts, o.files_read, o.files_changed,
      o.failed, o.revision,
      CASE WHEN o.type = 'command' THEN json_extract(e.payload, '$.tool_input.command') END AS command,
      CASE WHEN o.failed = 1 THEN json_extract(e.payload, '$.error') END AS error
    FROM observations o JOIN events e ON e.pk = o.event_pk WHERE o.session_pk = ? ORDER BY o.occurred_at, o.pk`);
  const projects = db
    .prepare<[], [pk: number, id: string, name: string, root: string]>('SELECT pk, id, name, root FROM projects')
    .raw(true);
  const stale = db
    .prepare<[number], number>(
      `SELECT s.pk FROM sessions s LEFT JOIN graph_sessions g ON g.session_pk = s.pk
       WHERE g.stale = 1 OR (g.stale IS NULL AND EXISTS (SELECT 1 FROM observations o WHERE o.session_pk = s.pk))
          OR EXISTS (SELECT 1 FROM observations o WHERE o.session_pk = s.pk AND o.revision > g.revision)
       ORDER BY s.pk LIMIT ?`,
    )
    .pluck();
  return {
    session(pk: number): SessionSource {
      const rows = session.all(pk);
      return { rows: rows.map(toSource), revision: rows.reduce((most, row) => Math.max(most, row.revision), 0) };
    },
    /** By pk. */
    projects: (): Map<number, { id: string; name: string; root: string }> =>
      new Map(projects.all().map(([pk, id, name, root]) => [pk, { id, name, root }])),
    /** Sessions whose observations have changed since the graph was made of them. */
    stale: (limit: number): number[] => stale.all(limit),
  };
}

function toSource(row: SourceRow): GraphSource {
  const changed = stringList(row.files_changed);
  return {
    pk: row.pk,
    projectPk: row.project_pk,
    type: row.type,
    tool: row.tool,
    title: row.title,
    subtitle: row.subtitle,
    narrative: row.narrative,
    concepts: stringList(row.concepts),
    files: [...new Set([...stringList(row.files_read), ...changed])],
    changed,
    failed: row.failed === 1,
    command: typeof row.command === 'string' ? row.command : null,
    error: typeof row.error === 'string' ? row.error : null,
  };
}
