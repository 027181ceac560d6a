import type { QueryClause } from '../../../shared/search-views.ts';
import type { ReadableDb } from '../../store/database.ts';

export interface FoundValue {
  /** Row ids that the value stands for. */
  pks: number[];
  /** What to show for it. */
  label: string;
  problem: QueryClause['problem'];
}

interface ProjectRow {
  pk: number;
  id: string;
  name: string;
  root: string;
}

/** Shorter beginnings of an id say too little. */
const shortestBeginning = 4;

/** Looks up what people call projects and sessions. */
export function createValueLookup(db: ReadableDb) {
  const projects = db.prepare<[], ProjectRow>('SELECT pk, id, name, root FROM projects');
  const session = db.prepare<[string], number>('SELECT pk FROM sessions WHERE id = ?').pluck();
  const sessionsFrom = db
    .prepare<[string, string], [number, string]>('SELECT pk, id FROM sessions WHERE id >= ? AND id < ? LIMIT 50')
    .raw(true);

  return {
    /** By id, name or the tail of its path; first whatever is written exactly so. */
    project(value: string): FoundValue {
      const all = projects.all();
      const wanted = value.toLowerCase();
      const tail = `/${wanted.replaceAll('\\', '/').replaceAll(/^\/+|\/+$/gu, '')}`;
      const ways: ((row: ProjectRow) => boolean)[] = [
        (row) => row.id === value,
        (row) => row.name === value,
        (row) => row.name.toLowerCase() === wanted,
        (row) => row.root.toLowerCase().replaceAll('\\', '/').endsWith(tail),
      ];
      for (const way of ways) {
        const [found, another] = all.filter(way);
        if (found !== undefined && another === undefined) return { pks: [found.pk], label: found.name, problem: null };
        if (found !== undefined) return { pks: [], label: value, problem: 'ambiguous_project' };
      }
      return { pks: [], label: value, problem: 'unknown_project' };
    },
    /** By id, or by a beginning of it, which may stand for several. */
    session(value: string): FoundValue {
      const exact = session.get(value);
      if (exact !== undefined) return { pks: [exact], label: value, problem: null };
      const found = value.length < shortestBeginning ? [] : sessionsFrom.all(value, `${value}\u{10ffff}`);
      const [first] = found;
      if (first === undefined) return { pks: [], label: value, problem: 'unknown_session' };
      return { pks: found.map(([pk]) => pk), label: found.length === 1 ? first[1] : value, problem: null };
    },
  };
}
