import type { SearchFilters } from '../../shared/search-views.ts';
import { observationTypes } from '../../shared/views.ts';
import type { ReadableDb } from '../store/database.ts';
import { createTagReader } from '../store/tables/observation-tags.ts';
import type { ObservationTable } from './observation-table.ts';
import type { Demand, RowCondition } from './row-selection.ts';
import { selectRows } from './row-selection.ts';

/** Which rows may be found at all. */
export interface RowFilter {
  /** By pk: 1 when the row passes. */
  allowed: Uint8Array;
  /** False when a budget left out rows that may have passed. */
  complete: boolean;
}

export interface FilterCompiler {
  /** Null when nothing is filtered. An unknown project, session or tool lets nothing pass. */
  compile(filters: SearchFilters): RowFilter | null;
  /** What `compile` asks for. */
  demands(filters: SearchFilters): Demand[];
}

/** Conditions of what a row belongs to; the lists are alternatives. */
export interface RowConditions {
  types(names: readonly string[]): RowCondition;
  tools(names: readonly string[]): RowCondition;
  files(paths: readonly string[]): RowCondition;
  tags(names: readonly string[]): RowCondition;
  failed(): RowCondition;
  pinned(): RowCondition;
}

/** Looks conditions up in the database and the table of observations. */
export function createRowConditions(db: ReadableDb, table: ObservationTable): RowConditions {
  // The join is CROSS so that the few paths are compared first, and not once for each of their many rows.
  const inFile = db
    .prepare<[{ path: string; tail: string; windows_tail: string }], number>(
      `SELECT observation_files.observation_pk
         FROM files CROSS JOIN observation_files ON observation_files.file_pk = files.pk
        WHERE files.path = :path
           OR substr(files.path, -length(:tail)) = :tail
           OR substr(files.path, -length(:windows_tail)) = :windows_tail`,
    )
    .pluck();
  const like = db
    .prepare<[{ glob: string; windows_glob: string }], number>(
      `SELECT observation_files.observation_pk
         FROM files CROSS JOIN observation_files ON observation_files.file_pk = files.pk
        WHERE files.path GLOB :glob OR files.path GLOB :windows_glob`,
    )
    .pluck();
  const pinned = db.prepare<[], number>(`SELECT observation_pk FROM observation_marks WHERE mark = 'pinned'`).pluck();
  const tags = createTagReader(db);

  function markRows(pks: Iterable<number>, rows = new Uint8Array(table.lastPk() + 1)): Uint8Array {
    for (const pk of pks) rows[pk] = 1;
    return rows;
  }

  function inFiles(file: string): number[] {
    const path = file.replace(/^(?:\.?[/\\])+(?=[^/\\])/u, (start) => (/^[/\\]/u.test(start) ? start : ''));
    const tail = path.replace(/^[/\\]+/u, '');
    const glob = globOf(tail);
    if (glob !== null) return like.all({ glob, windows_glob: glob.replaceAll('/', '\\') });
    return inFile.all({ path, tail: `/${tail}`, windows_tail: `\\${tail.replaceAll('/', '\\')}` });
  }

  return {
    types: (names) => ({
      column: 'type',
      values: names.map((type) => observationTypes.findIndex((known) => known === type)),
    }),
    tools: (names) => ({ column: 'tool', values: toolNumbers(names, table.toolNumbers()) }),
    files(paths) {
      const rows = new Uint8Array(table.lastPk() + 1);
      for (const path of paths) markRows(inFiles(path), rows);
      return { rows };
    },
    tags: (names) => ({ rows: markRows(tags.rowsWithAny(names)) }),
    failed: () => ({ column: 'failed', values: [1] }),
    pinned: () => ({ rows: markRows(pinned.all()) }),
  };
}

/** A folder (`src/search/`) or a pattern with stars; null for a plain path. */
function globOf(tail: string): string | null {
  const escaped = tail.replaceAll(/[[?]/gu, (mark) => `[${mark}]`);
  if (/[/\\]$/u.test(tail)) return `*/${escaped.replaceAll('\\', '/')}*`;
  return tail.includes('*') ? `*/${escaped}` : null;
}

/** As the tool is spelled, in any case; or a part of a name such as `mcp__github__create_issue`, when no tool is called so. */
function toolNumbers(names: readonly string[], known: ReadonlyMap<string, number>): number[] {
  return names.flatMap((name) => {
    const wanted = name.toLowerCase();
    const tools = [...known];
    const same = tools.filter(([tool]) => tool.toLowerCase() === wanted);
    const found = same.length > 0 ? same : tools.filter(([tool]) => tool.toLowerCase().split('__').includes(wanted));
    return found.map(([, number]) => number);
  });
}

/** Turns filters into the set of rows that pass. */
export function createFilterCompiler(
  db: ReadableDb,
  table: ObservationTable,
  conditionsOf: RowConditions = createRowConditions(db, table),
): FilterCompiler {
  const project = db.prepare<[string], number>('SELECT pk FROM projects WHERE id = ?').pluck();
  const session = db.prepare<[string], number>('SELECT pk FROM sessions WHERE id = ?').pluck();

  function conditions(filters: SearchFilters): RowCondition[] {
    const { project_id, session_id, types = [], tools = [], file = '', tags = [], since, until } = filters;
    const found: RowCondition[] = [];
    if (project_id !== undefined) found.push({ column: 'project', values: [project.get(project_id) ?? -1] });
    if (session_id !== undefined) found.push({ column: 'session', values: [session.get(session_id) ?? -1] });
    if (types.length > 0) found.push(conditionsOf.types(types));
    if (tools.length > 0) found.push(conditionsOf.tools(tools));
    if (file !== '') found.push(conditionsOf.files([file]));
    for (const tag of tags) found.push(conditionsOf.tags([tag]));
    if (since !== undefined) found.push({ times: [{ since: Date.parse(since) }] });
    if (until !== undefined) found.push({ times: [{ until: Date.parse(until) }] });
    return found;
  }

  function demands(filters: SearchFilters): Demand[] {
    const { failed, pinned } = filters;
    const found = conditions(filters).map((condition) => ({ condition, wanted: true }));
    if (failed !== undefined) found.push({ condition: conditionsOf.failed(), wanted: failed });
    if (pinned !== undefined) found.push({ condition: conditionsOf.pinned(), wanted: pinned });
    return found;
  }

  return {
    demands,
    compile(filters) {
      const found = demands(filters);
      if (found.length === 0) return null;
      const selection = selectRows(table);
      for (const demand of found) selection.apply(demand);
      return { allowed: selection.allowed, complete: true };
    },
  };
}
