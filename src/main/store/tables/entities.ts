import { entityKinds, type EntityKind, type EntityView } from '../../../shared/graph-views.ts';
import type { Page } from '../../../shared/views.ts';
import type { ReadableDb } from '../database.ts';
import { cursorsOf, likePattern, toPage } from '../paging.ts';
import { isoTime } from '../times.ts';

interface EntityRow {
  pk: number;
  id: string;
  kind: string;
  name: string;
  project_id: string | null;
  project_name: string | null;
  mentions: number;
  last_seen_at: number | null;
}

export interface EntityQuery {
  text?: string | undefined;
  kind?: EntityKind | undefined;
  project_id?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

const mostEvidence = 20;

const name = "CASE e.kind WHEN 'project' THEN p.name ELSE e.key END";
// Rows come in order of time, near enough; the newest one is the last of the index, whereas the greatest time needs them all.
const lastSeen = `coalesce(
  (SELECT o.occurred_at FROM entity_mentions m JOIN observations o ON o.pk = m.observation_pk
   WHERE m.entity_pk = e.pk ORDER BY m.observation_pk DESC LIMIT 1),
  (SELECT max(l.updated_at) FROM learning_mentions m JOIN learnings l ON l.pk = m.learning_pk WHERE m.entity_pk = e.pk))`;
const columns = `e.pk, e.id, e.kind, ${name} AS name, p.id AS project_id, p.name AS project_name, e.mentions,
  ${lastSeen} AS last_seen_at`;
const from = 'FROM entities e LEFT JOIN projects p ON p.pk = e.project_pk';

/** Entities and the evidence of relations, as the wire has them. */
export function createEntityReader(db: ReadableDb) {
  const byPks = db.prepare<[string], EntityRow>(
    `SELECT ${columns} ${from} WHERE e.pk IN (SELECT value FROM json_each(?))`,
  );
  const pkOf = db.prepare<[string], number>('SELECT pk FROM entities WHERE id = ?').pluck();
  const where = `(@kind IS NULL OR e.kind = @kind) AND (@text IS NULL OR ${name} LIKE @text ESCAPE '\\')
    AND (@projectPk IS NULL OR e.project_pk = @projectPk OR (e.project_pk IS NULL AND e.pk IN (
      SELECT m.entity_pk FROM sessions s JOIN entity_mentions m ON m.session_pk = s.pk WHERE s.project_pk = @projectPk)))`;
  // Only what orders them: the other columns would be made of all rows before they are sorted.
  const page = db.prepare<[object], { pk: number; mentions: number }>(`
    SELECT e.pk, e.mentions ${from} WHERE ${where} AND (e.mentions < @mentions OR (e.mentions = @mentions AND e.pk > @pk))
    ORDER BY e.mentions DESC, e.pk LIMIT @limit`);
  const total = db.prepare<[object], { total: number; before: number }>(`
    SELECT COUNT(*) AS total,
      COALESCE(SUM(e.mentions > @mentions OR (e.mentions = @mentions AND e.pk <= @pk)), 0) AS before ${from} WHERE ${where}`);
  const project = db.prepare<[string], number>('SELECT pk FROM projects WHERE id = ?').pluck();
  const evidence = db
    .prepare<[number, number], string>(
      `SELECT o.id FROM relation_evidence v JOIN observations o ON o.pk = v.observation_pk
       WHERE v.relation_pk = ? ORDER BY v.observation_pk DESC LIMIT ?`,
    )
    .pluck();
  const conflictEvidence = db
    .prepare<[number, number], string>(
      `SELECT DISTINCT o.id FROM relation_conflicts c JOIN learning_evidence v ON v.learning_pk IN (c.one_pk, c.other_pk)
         JOIN observations o ON o.pk = v.observation_pk
       WHERE c.relation_pk = ? ORDER BY o.pk DESC LIMIT ?`,
    )
    .pluck();
  const togetherIn = db
    .prepare<[string, number, number, number], string>(
      `SELECT o.id FROM entity_mentions m JOIN observations o ON o.pk = m.observation_pk
       WHERE m.session_pk IN (SELECT value FROM json_each(?)) AND m.entity_pk IN (?, ?)
       GROUP BY o.pk ORDER BY o.pk DESC LIMIT ?`,
    )
    .pluck();

  function viewsOf(pks: readonly number[]): Map<number, EntityView> {
    return new Map(byPks.all(JSON.stringify(pks)).map((row) => [row.pk, toView(row)]));
  }

  return {
    /** By row id; those that are gone are missing. */
    byPks: viewsOf,
    /** Null when there is no such entity. */
    pkOf: (id: string): number | null => pkOf.get(id) ?? null,
    projectPk: (id: string): number | null => project.get(id) ?? null,
    /** The most mentioned first; of a project also what is the same everywhere and its sessions mention. */
    list(query: EntityQuery): Page<EntityView> {
      // A pattern ends at a NUL.
      const text = query.text?.replaceAll('\0', '').trim() ?? '';
      const filters = {
        kind: query.kind ?? null,
        text: text === '' ? null : likePattern(text),
        projectPk: query.project_id === undefined ? null : (project.get(query.project_id) ?? -1),
      };
      const cursors = cursorsOf('entities', filters);
      const [mentions, pk] = cursors.read(query.cursor, 2) ?? [Number.MAX_SAFE_INTEGER, 0];
      const bound = { ...filters, mentions, pk };
      return db.snapshot(() => {
        const found = page.all({ ...bound, limit: query.limit + 1 });
        const views = viewsOf(found.map((row) => row.pk));
        const rows = found.flatMap((row) => {
          const view = views.get(row.pk);
          return view === undefined ? [] : [{ ...row, view }];
        });
        const counts = total.get(bound) ?? { total: 0, before: 0 };
        return toPage(
          rows,
          { ...counts, limit: query.limit },
          ({ view }) => view,
          (row) => cursors.at([row.mentions, row.pk]),
        );
      });
    },
    /** Ids of the newest observations that a stored relation rests on. */
    evidence(relationPk: number): string[] {
      const direct = evidence.all(relationPk, mostEvidence);
      return direct.length > 0 ? direct : conflictEvidence.all(relationPk, mostEvidence);
    },
    /** Ids of the newest observations of these sessions that mention one of the two. */
    togetherIn: (sessions: readonly number[], one: number, other: number): string[] =>
      togetherIn.all(JSON.stringify(sessions), one, other, mostEvidence),
  };
}

function toView(row: EntityRow): EntityView {
  return {
    id: row.id,
    kind: entityKinds.find((known) => known === row.kind) ?? 'concept',
    name: row.name,
    project:
      row.project_id === null || row.project_name === null ? null : { id: row.project_id, name: row.project_name },
    mentions: row.mentions,
    last_seen_at: isoTime(row.last_seen_at ?? 0),
  };
}
