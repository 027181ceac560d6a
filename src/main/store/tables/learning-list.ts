import {
  learningCategories,
  learningScopes,
  learningSources,
  learningStates,
  type LearningCategory,
  type LearningCounts,
  type LearningState,
  type LearningView,
} from '../../../shared/learning-views.ts';
import { summaryLanguages } from '../../../shared/summary-views.ts';
import type { Page } from '../../../shared/views.ts';
import type { ReadableDb } from '../database.ts';
import { cursorsOf, toPage } from '../paging.ts';
import { stringList } from '../string-list.ts';
import { isoTime, isoTimeOrNull } from '../times.ts';
import { isGroundless } from './learning-evidence.ts';
import type { LearningRow } from './learnings.ts';

export interface LearningListQuery {
  states?: readonly string[] | undefined;
  categories?: readonly string[] | undefined;
  /** All of them. */
  tags?: readonly string[] | undefined;
  scope?: string | undefined;
  project_id?: string | undefined;
  /** Pieces of words in lower case, of which two thirds have to be there. */
  pieces?: readonly string[] | undefined;
  conflicts_only?: boolean | undefined;
  order: 'newest' | 'confidence' | 'use';
  cursor?: string | undefined;
  limit: number;
}

interface ListRow extends LearningRow {
  project_id: string | null;
  project_name: string | null;
  successor_id: string | null;
  evidence_count: number;
  conflict_count: number;
}

const openConflicts = `(SELECT COUNT(*) FROM learning_conflicts c
  WHERE (c.one_pk = l.pk OR c.other_pk = l.pk) AND c.settled_at IS NULL)`;
const columns = `l.*, p.id AS project_id, p.name AS project_name, n.id AS successor_id,
  (SELECT COUNT(*) FROM learning_evidence e WHERE e.learning_pk = l.pk) AS evidence_count, ${openConflicts} AS conflict_count`;
const from = `FROM learnings l LEFT JOIN projects p ON p.pk = l.project_pk LEFT JOIN learnings n ON n.pk = l.superseded_by`;

const conditions = {
  states: 'l.state IN (SELECT value FROM json_each(@states))',
  categories: 'l.category IN (SELECT value FROM json_each(@categories))',
  tags: 'NOT EXISTS (SELECT 1 FROM json_each(@tags) w WHERE w.value NOT IN (SELECT value FROM json_each(l.tags)))',
  scope: 'l.scope = @scope',
  project_id: 'p.id = @project_id',
  pieces: `(SELECT SUM(instr(lower(l.statement || ' ' || coalesce(l.detail, '')), value) > 0) * 3
    FROM json_each(@pieces)) >= json_array_length(@pieces) * 2`,
  conflicts_only: `${openConflicts} > 0`,
} as const;

/** What each order goes by; the newest first among equals. */
const orders = { newest: 'l.created_at', confidence: 'l.confidence', use: 'l.use_count' } as const;

/** Learnings as the wire has them. */
export function createLearningList(db: ReadableDb) {
  const byId = db.prepare<[string], ListRow>(`SELECT ${columns} ${from} WHERE l.id = ?`);
  const byPk = db.prepare<[number], ListRow>(`SELECT ${columns} ${from} WHERE l.pk = ?`);
  const prepared = new Map<string, ReturnType<typeof prepare>>();
  const states = count('l.state');
  const categories = count('l.category', `AND l.state IN ('proposed', 'approved')`);
  const conflicts = db
    .prepare<[{ projectId: string | null }], number>(
      `SELECT COUNT(*) FROM learning_conflicts c JOIN learnings l ON l.pk = c.one_pk LEFT JOIN projects p ON p.pk = l.project_pk
       WHERE c.settled_at IS NULL AND (@projectId IS NULL OR p.id = @projectId)`,
    )
    .pluck();
  const approved = db.prepare<[{ projectId: string | null; ids: string | null }], ListRow>(`
    SELECT ${columns} ${from}
    WHERE l.state = 'approved' AND CASE
      WHEN @ids IS NOT NULL THEN l.id IN (SELECT value FROM json_each(@ids))
      WHEN @projectId IS NOT NULL THEN p.id = @projectId OR l.scope = 'global'
      ELSE l.scope = 'global' END
    ORDER BY l.created_at, l.pk`);

  function count(column: string, rest = '') {
    return db.prepare<[{ projectId: string | null }], { name: string; count: number }>(`
      SELECT ${column} AS name, COUNT(*) AS count FROM learnings l LEFT JOIN projects p ON p.pk = l.project_pk
      WHERE NOT ${isGroundless} AND (@projectId IS NULL OR p.id = @projectId) ${rest} GROUP BY 1`);
  }

  function prepare(where: string, by: string) {
    const isBefore = `(${by}, l.created_at, l.pk) < (@value, @at, @pk)`;
    return {
      page: db.prepare<[object], ListRow>(`
        SELECT ${columns} ${from} WHERE ${where} AND ${isBefore} ORDER BY ${by} DESC, l.created_at DESC, l.pk DESC LIMIT @limit`),
      total: db.prepare<[object], { total: number; after: number }>(
        `SELECT COUNT(*) AS total, COALESCE(SUM(${isBefore}), 0) AS after ${from} WHERE ${where}`,
      ),
    };
  }

  return {
    get(id: string): LearningView | null {
      const row = byId.get(id);
      return row ? toView(row) : null;
    },
    byPk(pk: number): LearningView | null {
      const row = byPk.get(pk);
      return row ? toView(row) : null;
    },
    /** Throws `CursorError`. */
    page(query: LearningListQuery): Page<LearningView> {
      const values = {
        states: query.states && JSON.stringify(query.states),
        categories: query.categories && JSON.stringify(query.categories),
        tags: listOf(query.tags),
        scope: query.scope,
        project_id: query.project_id,
        pieces: listOf(query.pieces),
        conflicts_only: query.conflicts_only === true ? 1 : undefined,
      };
      const given = new Map<string, unknown>(Object.entries(values));
      const used = Object.entries(conditions).filter(([name]) => given.get(name) !== undefined);
      const where = [`NOT ${isGroundless}`, ...used.map(([, condition]) => condition)].join(' AND ');
      const by = orders[query.order];
      const statements = prepared.get(`${by} ${where}`) ?? prepare(where, by);
      prepared.set(`${by} ${where}`, statements);
      const far = Number.MAX_SAFE_INTEGER;
      const cursors = cursorsOf('learnings', { ...values, order: query.order });
      const [value = far, at = far, pk = far] = cursors.read(query.cursor, 3) ?? [];
      const bound = { ...values, value, at, pk };
      const { total = 0, after = 0 } = statements.total.get(bound) ?? {};
      const rows = statements.page.all({ ...bound, limit: query.limit + 1 });
      const placed = { newest: 'created_at', confidence: 'confidence', use: 'use_count' } as const;
      return toPage(rows, { total, before: total - after, limit: query.limit }, toView, (row) =>
        cursors.at([row[placed[query.order]], row.created_at, row.pk]),
      );
    },
    counts(projectId: string | null): LearningCounts {
      return {
        by_state: byState(states.all({ projectId })),
        by_category: byCategory(categories.all({ projectId })),
        conflicts: conflicts.get({ projectId }) ?? 0,
      };
    },
    /** Approved ones: those ids, or what holds in the project, or what holds everywhere; oldest first. */
    approved: ({ projectId, ids }: { projectId: string | null; ids: readonly string[] | null }): LearningView[] =>
      approved.all({ projectId, ids: ids && JSON.stringify(ids) }).map(toView),
  };
}

type Tally = readonly { name: string; count: number }[];

function byState(rows: Tally): LearningCounts['by_state'] {
  const of = (state: LearningState) => countOf(rows, state);
  return {
    proposed: of('proposed'),
    approved: of('approved'),
    rejected: of('rejected'),
    superseded: of('superseded'),
    expired: of('expired'),
  };
}

function byCategory(rows: Tally): LearningCounts['by_category'] {
  const of = (category: LearningCategory) => countOf(rows, category);
  return {
    solution: of('solution'),
    best_practice: of('best_practice'),
    pitfall: of('pitfall'),
    preference: of('preference'),
    convention: of('convention'),
    decision: of('decision'),
    workflow: of('workflow'),
    fact: of('fact'),
  };
}

function countOf(rows: Tally, name: string): number {
  return rows.find((row) => row.name === name)?.count ?? 0;
}

/** Nothing to look for stands for no condition. */
function listOf(values: readonly string[] | undefined): string | undefined {
  return values === undefined || values.length === 0 ? undefined : JSON.stringify(values);
}

function oneOf<Value extends string>(known: readonly [Value, ...Value[]], value: string): Value {
  return known.find((candidate) => candidate === value) ?? known[0];
}

function toView(row: ListRow): LearningView {
  return {
    id: row.id,
    category: oneOf(learningCategories, row.category),
    statement: row.statement,
    detail: row.detail,
    tags: stringList(row.tags),
    language: oneOf(summaryLanguages, row.language),
    scope: oneOf(learningScopes, row.scope),
    project: row.project_id === null ? null : { id: row.project_id, name: row.project_name ?? '' },
    path: row.path,
    state: oneOf(learningStates, row.state),
    confidence: Math.round(row.confidence * 1_000) / 1_000,
    source: oneOf(learningSources, row.source),
    pinned: row.pinned === 1,
    note: row.note,
    evidence_count: row.evidence_count,
    conflict_count: row.conflict_count,
    use_count: row.use_count,
    last_used_at: isoTimeOrNull(row.last_used_at),
    confirm_count: row.confirm_count,
    reject_count: row.reject_count,
    expires_at: isoTimeOrNull(row.expires_at),
    superseded_by: row.successor_id,
    created_at: isoTime(row.created_at),
    updated_at: isoTime(row.updated_at),
    decided_at: isoTimeOrNull(row.decided_at),
  };
}
