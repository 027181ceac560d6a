import { indexTerms, queryTerms } from '../../search/terms.ts';
import type { MemoryView } from '../../../shared/note-views.ts';
import type { ReadableDb } from '../../store/database.ts';
import { createMemoryReader, type MemoryQuery } from '../../store/tables/memories.ts';

const readAtOnce = 200;

/** What the reader threads know of memories. */
export function createMemoryReading(db: ReadableDb) {
  const memories = createMemoryReader(db);

  function* living(projectId: string | undefined, now: number): Generator<MemoryView> {
    let cursor: string | undefined;
    do {
      const page = memories.list({ project_id: projectId, cursor, limit: readAtOnce }, now);
      yield* page.data;
      cursor = page.pagination.next_cursor ?? undefined;
    } while (cursor !== undefined);
  }

  return {
    listMemories: ({ now, ...query }: MemoryQuery & { now: number }) => memories.list(query, now),
    getMemory: ({ id, now }: { id: string; now: number }) => memories.get(id, now),
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
      return [...living(projectId, now)].filter((memory) => {
        const terms = new Set(indexTerms(memory.text));
        return wanted.every((term) => terms.has(term));
      });
    },
  };
}
