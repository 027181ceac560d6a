import { z } from 'zod';
import type { ToolView } from '../../../shared/tool-views.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import { isoTime, isoTimeOrNull } from '../times.ts';

export interface ScriptRow {
  name: string;
  title: string;
  description: string;
  /** JSON. */
  input_schema: string;
  source: string;
  enabled: number;
  created_at: number;
  updated_at: number;
}

interface UsageRow {
  name: string;
  count: number;
  failure_count: number;
  total_ms: number;
  last_used_at: number;
}

const schema = z.record(z.string(), z.unknown());
export const unused: ToolView['usage'] = { count: 0, failure_count: 0, average_ms: null, last_used_at: null };

/** The tools that a person registered, and how often each tool was used. */
export function createToolReader(db: ReadableDb) {
  const scripts = db.prepare<[], ScriptRow>('SELECT * FROM tools ORDER BY name');
  const usage = db.prepare<[], UsageRow>('SELECT * FROM tool_usage');
  const disabled = db.prepare<[], string>('SELECT name FROM disabled_tools').pluck();
  return {
    scripts: (): ToolView[] => scripts.all().map(toView),
    /** By name. */
    usage: (): Record<string, ToolView['usage']> =>
      Object.fromEntries(usage.all().map((row) => [row.name, toUsage(row)])),
    /** Names of built-in tools that may not be called. */
    disabled: (): string[] => disabled.all(),
  };
}

function toUsage({ count, failure_count, total_ms, last_used_at }: UsageRow): ToolView['usage'] {
  return { count, failure_count, average_ms: total_ms / count, last_used_at: isoTimeOrNull(last_used_at) };
}

function toView(row: ScriptRow): ToolView {
  return {
    name: row.name,
    title: row.title,
    description: row.description,
    kind: 'script',
    input_schema: schema.parse(JSON.parse(row.input_schema)),
    scope: 'execute',
    // It sees its arguments and a folder that is removed after it.
    read_only: true,
    destructive: false,
    enabled: row.enabled === 1,
    source: row.source,
    usage: unused,
    created_at: isoTime(row.created_at),
    updated_at: isoTime(row.updated_at),
  };
}

/** Registers, changes and counts. */
export function createToolWriter(db: WritableDb) {
  const find = db.prepare<[string], ScriptRow>('SELECT * FROM tools WHERE name = ?');
  const insert = db.prepare(`
    INSERT INTO tools (name, title, description, input_schema, source, enabled, created_at, updated_at)
    VALUES (@name, @title, @description, @input_schema, @source, @enabled, @created_at, @updated_at)
    ON CONFLICT (name) DO UPDATE SET title = excluded.title, description = excluded.description,
      input_schema = excluded.input_schema, source = excluded.source, enabled = excluded.enabled,
      updated_at = excluded.updated_at`);
  const remove = db.prepare<[string]>('DELETE FROM tools WHERE name = ?');
  const disable = db.prepare<[string, number]>(
    'INSERT INTO disabled_tools (name, disabled_at) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const enable = db.prepare<[string]>('DELETE FROM disabled_tools WHERE name = ?');
  const count = db.prepare<[{ name: string; count: number; failures: number; totalMs: number; at: number }]>(`
    INSERT INTO tool_usage (name, count, failure_count, total_ms, last_used_at)
    VALUES (@name, @count, @failures, @totalMs, @at)
    ON CONFLICT (name) DO UPDATE SET count = count + excluded.count, failure_count = failure_count + excluded.failure_count,
      total_ms = total_ms + excluded.total_ms, last_used_at = max(last_used_at, excluded.last_used_at)`);
  const forgetUse = db.prepare<[string]>('DELETE FROM tool_usage WHERE name = ?');
  return {
    find: (name: string) => find.get(name) ?? null,
    put: (row: ScriptRow) => void insert.run({ ...row }),
    /** Its use goes with it: another tool of that name is another tool. */
    remove(name: string): boolean {
      forgetUse.run(name);
      return remove.run(name).changes > 0;
    },
    setEnabled: (name: string, isEnabled: boolean, at: number) =>
      void (isEnabled ? enable.run(name) : disable.run(name, at)),
    count: (use: { name: string; count: number; failures: number; totalMs: number; at: number }) => void count.run(use),
  };
}
