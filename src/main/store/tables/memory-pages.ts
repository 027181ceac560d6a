import type { ReadableDb } from '../database.ts';

export interface NumberedQuery {
  /** From 1. */
  page: number;
  size: number;
  tags: readonly string[];
  /** All of the tags, or any of them. */
  allTags: boolean;
  /** What `name` says in the metadata, where it says it with a text, and else the type. */
  label?: { name: string; value: string } | undefined;
}

export interface TypeCount {
  type: string;
  count: number;
}

export interface TagCount {
  tag: string;
  count: number;
}

const current = 'memory_versions v ON v.memory_pk = m.pk AND v.version = m.version';
const living = `m.forgotten_at IS NULL AND m.archived_at IS NULL AND (m.expires_at IS NULL OR m.expires_at > @now)`;

/** Living memories by the number of a page, where others go on from a place in the list: a number moves when something is added. */
export function createMemoryPages(db: ReadableDb) {
  const labelled = `iif(json_type(v.metadata, @path) = 'text', v.metadata ->> @path, m.type)`;
  const filtered = `FROM memories m JOIN ${current} WHERE ${living}
    AND (@label IS NULL OR ${labelled} = @label)
    AND (@least = 0 OR (SELECT COUNT(DISTINCT had.value) FROM json_each(v.tags) had
      WHERE had.value IN (SELECT value FROM json_each(@tags))) >= @least)`;
  const all = `FROM memories m WHERE ${living}`;
  const order = 'ORDER BY m.updated_at DESC, m.pk DESC LIMIT @limit OFFSET @offset';
  const ids = db.prepare<[object], string>(`SELECT m.id ${filtered} ${order}`).pluck();
  const total = db.prepare<[object], number>(`SELECT COUNT(*) ${filtered}`).pluck();
  const allIds = db.prepare<[object], string>(`SELECT m.id ${all} ${order}`).pluck();
  const allTotal = db.prepare<[object], number>(`SELECT COUNT(*) ${all}`).pluck();
  const tags = db.prepare<[object], TagCount>(`
    SELECT had.value AS tag, COUNT(*) AS count FROM memories m JOIN ${current}, json_each(v.tags) had
    WHERE ${living} GROUP BY had.value ORDER BY count DESC, tag`);

  const types = db.prepare<[object], TypeCount>(`
    SELECT ${labelled} AS type, COUNT(*) AS count FROM memories m JOIN ${current} WHERE ${living}
    GROUP BY 1 ORDER BY count DESC, type`);
  const texts = db.prepare<[object], { id: string; text: string }>(`
    SELECT m.id, v.text FROM memories m JOIN ${current} LEFT JOIN projects p ON p.pk = m.project_pk
    WHERE ${living} AND (@projectId IS NULL OR p.id = @projectId OR m.project_pk IS NULL)
    ORDER BY m.updated_at DESC, m.pk DESC`);

  return {
    /** All, one after the other, the last changed first; of a project together with those that hold everywhere. */
    texts: (projectId: string | undefined, now: number) => texts.iterate({ projectId: projectId ?? null, now }),
    /** The last changed first; how many there are on all pages. */
    ids({ page, size, tags: wanted, allTags, label }: NumberedQuery, now: number): { ids: string[]; total: number } {
      const distinct = [...new Set(wanted)];
      const place = { now, limit: size, offset: (page - 1) * size };
      if (distinct.length === 0 && label === undefined) {
        return { ids: allIds.all(place), total: allTotal.get({ now }) ?? 0 };
      }
      const filter = {
        now,
        path: pathOf(label?.name ?? ''),
        label: label?.value ?? null,
        tags: JSON.stringify(distinct),
        least: allTags ? distinct.length : Math.min(1, distinct.length),
      };
      return { ids: ids.all({ ...place, ...filter }), total: total.get(filter) ?? 0 };
    },
    /** The most frequent first. */
    tags: (now: number): TagCount[] => tags.all({ now }),
    /** By what `name` says in the metadata, and else by type; the most frequent first. */
    types: (name: string, now: number): TypeCount[] => types.all({ path: pathOf(name), now }),
  };
}

function pathOf(name: string): string {
  return `$."${name.replaceAll('"', '')}"`;
}
