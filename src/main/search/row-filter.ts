import type { SearchFilters } from '../../shared/views.ts';
import { observationTypes } from '../../shared/views.ts';
import type { ReadableDb } from '../store/database.ts';
import type { ObservationTable } from './observation-table.ts';

/** Which rows may be found at all. */
export interface RowFilter {
  /** By pk: 1 when the row passes. */
  allowed: Uint8Array;
}

export interface FilterCompiler {
  /** Null when nothing is filtered. An unknown project, session or tool lets nothing pass. */
  compile(filters: SearchFilters): RowFilter | null;
}

/** Turns filters into the set of rows that pass, by one run over the table's columns. */
export function createFilterCompiler(db: ReadableDb, table: ObservationTable): FilterCompiler {
  const project = db.prepare<[string], number>('SELECT pk FROM projects WHERE id = ?').pluck();
  const session = db.prepare<[string], number>('SELECT pk FROM sessions WHERE id = ?').pluck();
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

  function fileRows(file: string): Uint8Array {
    const rows = new Uint8Array(table.lastPk() + 1);
    const path = file.replace(/^(?:\.?[/\\])+(?=[^/\\])/u, (start) => (/^[/\\]/u.test(start) ? start : ''));
    const tail = path.replace(/^[/\\]+/u, '');
    const names = { path, tail: `/${tail}`, windows_tail: `\\${tail.replaceAll('/', '\\')}` };
    for (const pk of inFile.all(names)) rows[pk] = 1;
    return rows;
  }

  function numbersOf(names: readonly string[], numberOf: (name: string) => number | undefined): Set<number> {
    return new Set(names.map(numberOf).filter((number) => number !== undefined));
  }

  function compile(filters: SearchFilters): RowFilter | null {
    const checks: ((pk: number) => boolean)[] = [];
    const { rows } = table;
    if (filters.project_id !== undefined) {
      const wanted = project.get(filters.project_id) ?? -1;
      checks.push((pk) => rows.project[pk] === wanted);
    }
    if (filters.session_id !== undefined) {
      const wanted = session.get(filters.session_id) ?? -1;
      checks.push((pk) => rows.session[pk] === wanted);
    }
    if (filters.types !== undefined && filters.types.length > 0) {
      const wanted = numbersOf(filters.types, (type) => observationTypes.findIndex((known) => known === type));
      checks.push((pk) => wanted.has(rows.type[pk] ?? -1));
    }
    if (filters.tools !== undefined && filters.tools.length > 0) {
      const wanted = numbersOf(filters.tools, table.toolNumber);
      checks.push((pk) => wanted.has(rows.tool[pk] ?? -1));
    }
    if (filters.file !== undefined && filters.file !== '') {
      const wanted = fileRows(filters.file);
      checks.push((pk) => wanted[pk] === 1);
    }
    if (filters.failed !== undefined) {
      const wanted = filters.failed ? 1 : 0;
      checks.push((pk) => rows.failed[pk] === wanted);
    }
    if (filters.since !== undefined) {
      const since = Date.parse(filters.since);
      checks.push((pk) => (rows.occurredAt[pk] ?? 0) >= since);
    }
    if (filters.until !== undefined) {
      const until = Date.parse(filters.until);
      checks.push((pk) => (rows.occurredAt[pk] ?? 0) < until);
    }
    return checks.length === 0 ? null : select(table, checks);
  }

  return { compile };
}

function select(table: ObservationTable, checks: ((pk: number) => boolean)[]): RowFilter {
  const { session } = table.rows;
  const allowed = new Uint8Array(table.lastPk() + 1);
  for (let pk = table.lastPk(); pk > 0; pk--) {
    if (session[pk] !== 0 && checks.every((check) => check(pk))) allowed[pk] = 1;
  }
  return { allowed };
}
