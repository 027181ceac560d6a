import { marks } from '../../shared/context-views.ts';
import type { Mark } from '../../shared/context-views.ts';
import type { ReadableDb } from '../store/database.ts';

/** What people said about observations and sessions, by pk; to be read again when rows have changed. */
export interface RowMarks {
  refresh(): void;
  /** False when nobody has marked anything. */
  any(): boolean;
  /** An observation's own mark goes before its session's. */
  of(pk: number, sessionPk: number): Mark | undefined;
}

export function createRowMarks(db: ReadableDb): RowMarks {
  const ofObservations = db
    .prepare<[], [number, string]>('SELECT observation_pk, mark FROM observation_marks')
    .raw(true);
  const ofSessions = db.prepare<[], [number, string]>('SELECT session_pk, mark FROM session_marks').raw(true);
  let observations = new Map<number, Mark>();
  let sessions = new Map<number, Mark>();
  return {
    refresh() {
      observations = toMarks(ofObservations.all());
      sessions = toMarks(ofSessions.all());
    },
    any: () => observations.size + sessions.size > 0,
    of: (pk, sessionPk) => observations.get(pk) ?? sessions.get(sessionPk),
  };
}

function toMarks(rows: readonly [number, string][]): Map<number, Mark> {
  return new Map(
    rows.flatMap(([pk, name]) => {
      const mark = marks.find((known) => known === name);
      return mark === undefined ? [] : [[pk, mark] as const];
    }),
  );
}
