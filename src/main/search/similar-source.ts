import type { ReadableDb } from '../store/database.ts';
import { createObservationReader } from '../store/tables/observation-reader.ts';

/** A row that others are to be like, and what it says when it has no vector. */
export interface SimilarSource {
  pk: number;
  text: string;
}

export function createSourceReader(db: ReadableDb): { read(id: string): SimilarSource | null } {
  const find = db.prepare<[string], number>('SELECT pk FROM observations WHERE id = ?').pluck();
  const observations = createObservationReader(db);
  return {
    read(id) {
      const pk = find.get(id);
      const view = pk === undefined ? undefined : observations.byPks([pk]).get(pk)?.view;
      if (pk === undefined || view === undefined) return null;
      const { title, subtitle, facts, narrative, files_read, files_changed } = view;
      const text = [title, subtitle, ...facts, ...files_changed, ...files_read, narrative].filter(Boolean).join('\n');
      return { pk, text };
    },
  };
}
