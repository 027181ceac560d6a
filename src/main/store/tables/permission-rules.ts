import { permissionEffects, type PermissionEffect, type PermissionRuleView } from '../../../shared/permission-views.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import { isoTime, isoTimeOrNull } from '../times.ts';

export interface RuleContent {
  effect: PermissionEffect;
  tool: string;
  pattern: string | null;
  projectPk: number | null;
  message: string | null;
  enabled: boolean;
}

export interface RuleRecord extends RuleContent {
  pk: number;
  id: string;
}

interface RuleRow {
  pk: number;
  id: string;
  effect: string;
  tool: string;
  pattern: string | null;
  project_pk: number | null;
  message: string | null;
  enabled: number;
}

const columns = 'pk, id, effect, tool, pattern, project_pk, message, enabled';

/** Rules that answer agents; call inside a transaction. */
export function createPermissionRuleWriter(db: WritableDb) {
  const insert = db.prepare<[object]>(`
    INSERT INTO permission_rules (id, effect, tool, pattern, project_pk, message, enabled, created_at, updated_at)
    VALUES (@id, @effect, @tool, @pattern, @projectPk, @message, @enabled, @at, @at)`);
  const update = db.prepare<[object]>(`
    UPDATE permission_rules SET effect = @effect, tool = @tool, pattern = @pattern, project_pk = @projectPk,
      message = @message, enabled = @enabled, updated_at = @at WHERE pk = @pk`);
  const remove = db.prepare<[string]>('DELETE FROM permission_rules WHERE id = ?');
  const find = db.prepare<[string], RuleRow>(`SELECT ${columns} FROM permission_rules WHERE id = ?`);
  const same = db.prepare<[string, string, string | null, number | null], RuleRow>(`
    SELECT ${columns} FROM permission_rules WHERE effect = ? AND tool = ? AND pattern IS ? AND project_pk IS ? LIMIT 1`);
  const holding = db.prepare<[number], RuleRow>(
    `SELECT ${columns} FROM permission_rules WHERE enabled = 1 AND (project_pk IS NULL OR project_pk = ?)`,
  );
  const use = db.prepare<[number, string]>(
    'UPDATE permission_rules SET use_count = use_count + 1, last_used_at = ? WHERE id = ?',
  );
  const count = db.prepare<[], number>('SELECT COUNT(*) FROM permission_rules').pluck();
  const stored = (content: RuleContent) => ({ ...content, enabled: Number(content.enabled) });

  return {
    insert: (id: string, content: RuleContent, at: number) => void insert.run({ ...stored(content), id, at }),
    update: (pk: number, content: RuleContent, at: number) => void update.run({ ...stored(content), pk, at }),
    /** False when it was not there. */
    remove: (id: string): boolean => remove.run(id).changes > 0,
    find: (id: string): RuleRecord | null => toRecord(find.get(id)),
    /** A rule that says the same already, enabled or not. */
    findSame: ({ effect, tool, pattern, projectPk }: RuleContent): RuleRecord | null =>
      toRecord(same.get(effect, tool, pattern, projectPk)),
    /** Those that are enabled, of everywhere and of this project. */
    holding: (projectPk: number): RuleRecord[] => holding.all(projectPk).flatMap((row) => toRecord(row) ?? []),
    used: (id: string, at: number) => void use.run(at, id),
    count: (): number => count.get() ?? 0,
  };
}

function toRecord(row: RuleRow | undefined): RuleRecord | null {
  const effect = permissionEffects.find((known) => known === row?.effect);
  if (row === undefined || effect === undefined) return null;
  const { pk, id, tool, pattern, message } = row;
  return { pk, id, effect, tool, pattern, message, projectPk: row.project_pk, enabled: row.enabled === 1 };
}

interface RuleViewRow extends RuleRow {
  project_id: string | null;
  project_name: string | null;
  use_count: number;
  last_used_at: number | null;
  created_at: number;
  updated_at: number;
}

/** Reads rules as people see them. */
export function createPermissionRuleReader(db: ReadableDb) {
  const select = `
    SELECT r.*, p.id AS project_id, p.name AS project_name
    FROM permission_rules r LEFT JOIN projects p ON p.pk = r.project_pk`;
  const all = db.prepare<[], RuleViewRow>(`${select} ORDER BY r.pk DESC`);
  const ofProject = db.prepare<[string], RuleViewRow>(
    `${select} WHERE r.project_pk IS NULL OR p.id = ? ORDER BY r.pk DESC`,
  );
  const byId = db.prepare<[string], RuleViewRow>(`${select} WHERE r.id = ?`);
  return {
    /** With a project: those that hold in it. Newest first. */
    list: (projectId: string | undefined): PermissionRuleView[] =>
      (projectId === undefined ? all.all() : ofProject.all(projectId)).map(toView),
    get(id: string): PermissionRuleView | null {
      const row = byId.get(id);
      return row === undefined ? null : toView(row);
    },
  };
}

function toView(row: RuleViewRow): PermissionRuleView {
  return {
    id: row.id,
    effect: permissionEffects.find((known) => known === row.effect) ?? 'ask',
    tool: row.tool,
    pattern: row.pattern,
    project: row.project_id === null ? null : { id: row.project_id, name: row.project_name ?? '' },
    message: row.message,
    enabled: row.enabled === 1,
    use_count: row.use_count,
    last_used_at: isoTimeOrNull(row.last_used_at),
    created_at: isoTime(row.created_at),
    updated_at: isoTime(row.updated_at),
  };
}
