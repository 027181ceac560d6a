import { indexTerms, queryTerms } from '../../search/terms.ts';
import type { MemoryView } from '../../../shared/note-views.ts';
import type { ReadableDb } from '../../store/database.ts';
import { createMemoryReader, type MemoryQuery } from '../../store/tables/memories.ts';
import { createMemoryPages, type NumberedQuery } from '../../store/tables/memory-pages.ts';

/** What the reader threads know of memories. */
export function createMemoryReading(db: ReadableDb) {
  const memories = createMemoryReader(db);
  const pages = createMemoryPages(db);

  return {
    listMemories: ({ now, ...query }: MemoryQuery & { now: number }) => memories.list(query, now),
    getMemory: ({ id, now }: { id: string; now: number }) => memories.get(id, now),
    numberedMemories({ now, ...query }: NumberedQuery & { now: number }): { memories: MemoryView[]; total: number } {
      const { ids, total } = pages.ids(query, now);
      return { memories: ids.flatMap((id) => memories.get(id, now) ?? []), total };
    },
    memoryTags: (now: number) => pages.tags(now),
    memoryTypes: ({ name, now }: { name: string; now: number }) => pages.types(name, now),
    memoryVersions: (id: string) => memories.versions(id),
    /** Those in which every telling word of the text stands, in whatever form and order. */
    memoriesSaying({
      text,
      projectId,
      now,
    }: {
      text: string;
      projectId?: string | undefined;
      now: number;
    }): MemoryView[] {
      const wanted = queryTerms(text).map(({ term }) => term);
      if (wanted.length === 0) return [];
      const saying: string[] = [];
      for (const { id, text: said } of pages.texts(projectId, now)) {
        const terms = new Set(indexTerms(said));
        if (wanted.every((term) => terms.has(term))) saying.push(id);
      }
      return saying.flatMap((id) => memories.get(id, now) ?? []);
    },
  };
}
