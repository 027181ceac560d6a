import type { ObservationContent } from '../../../shared/views.ts';
import type { ReadableDb } from '../database.ts';
import { stringList } from '../string-list.ts';

/** What of an observation a model is told. */
export type ObservationText = Pick<
  ObservationContent,
  'title' | 'subtitle' | 'facts' | 'narrative' | 'files_read' | 'files_changed'
>;

interface TextRow {
  pk: number;
  revision: number;
  title: string;
  subtitle: string | null;
  facts: string;
  narrative: string | null;
  files_read: string;
  files_changed: string;
}

/** Texts by row id; those that are gone are missing from the answer. `revision` is the row's now. */
export function createObservationTextReader(db: ReadableDb) {
  const byPks = db.prepare<[string], TextRow>(`
    SELECT pk, revision, title, subtitle, facts, narrative, files_read, files_changed FROM observations
    WHERE pk IN (SELECT value FROM json_each(?))`);
  return (pks: readonly number[]): Map<number, { revision: number; text: ObservationText }> =>
    new Map(byPks.all(JSON.stringify(pks)).map((row) => [row.pk, { revision: row.revision, text: toText(row) }]));
}

function toText(row: TextRow): ObservationText {
  return {
    title: row.title,
    subtitle: row.subtitle,
    facts: stringList(row.facts),
    narrative: row.narrative,
    files_read: stringList(row.files_read),
    files_changed: stringList(row.files_changed),
  };
}
