import type { ObservationContent } from '../../../shared/views.ts';
import type { ReadableDb } from '../database.ts';

/** What of an observation is indexed and embedded. */
export type IndexedContent = Pick<
  ObservationContent,
  'title' | 'subtitle' | 'facts' | 'narrative' | 'concepts' | 'files_read' | 'files_changed' | 'tool'
>;

interface ContentRow {
  pk: number;
  revision: number;
  title: string;
  subtitle: string | null;
  facts: string;
  narrative: string | null;
  concepts: string;
  files_read: string;
  files_changed: string;
  tool: string | null;
}

export interface StoredContent {
  pk: number;
  revision: number;
  content: IndexedContent;
}

const columns =
  'pk, revision, title, subtitle, facts, narrative, concepts, files_read, files_changed, tool FROM observations';

/** Reads what the indexes were made from. */
export function createContentReader(db: ReadableDb) {
  const all = db.prepare<[], ContentRow>(`SELECT ${columns} ORDER BY pk`);
  const one = db.prepare<[number], ContentRow>(`SELECT ${columns} WHERE pk = ?`);
  return {
    /** Every row, one at a time. */
    *all(): Generator<StoredContent> {
      for (const row of all.iterate()) yield toContent(row);
    },
    one(pk: number): StoredContent | null {
      const row = one.get(pk);
      return row === undefined ? null : toContent(row);
    },
  };
}

function toContent(row: ContentRow): StoredContent {
  return {
    pk: row.pk,
    revision: row.revision,
    content: {
      title: row.title,
      subtitle: row.subtitle,
      facts: texts(row.facts),
      narrative: row.narrative,
      concepts: texts(row.concepts),
      files_read: texts(row.files_read),
      files_changed: texts(row.files_changed),
      tool: row.tool,
    },
  };
}

function texts(json: string): string[] {
  const value: unknown = JSON.parse(json);
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
