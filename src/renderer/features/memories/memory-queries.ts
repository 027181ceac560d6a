import { infiniteQueryOptions, keepPreviousData, type InfiniteData } from '@tanstack/react-query';
import type { MemoryListRequest } from '../../../main/api/memory-services.ts';
import type { MemoryView } from '../../../shared/note-views.ts';
import type { Page } from '../../../shared/views.ts';
import { useLive } from '../../lib/live.ts';
import { client, queryClient, trpc } from '../../lib/trpc.ts';
import type { LearningParams } from '../learnings/learning-params.ts';

type MemoryFilter = Omit<MemoryListRequest, 'limit' | 'cursor'>;

const pageSize = 100;
const memoryListKey = ['memories', 'list'] as const;

function listKey(filter: MemoryFilter) {
  return [...memoryListKey, filter] as const;
}

/** The memories that match, newest first, page after page. */
export function memoryListOptions(filter: MemoryFilter) {
  return infiniteQueryOptions<
    Page<MemoryView>,
    Error,
    InfiniteData<Page<MemoryView>, string | null>,
    ReturnType<typeof listKey>,
    string | null
  >({
    queryKey: listKey(filter),
    queryFn: ({ pageParam, signal }) =>
      client.memories.list.query(
        { ...filter, limit: pageSize, ...(pageParam !== null && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null,
    getNextPageParam: (page) => page.pagination.next_cursor,
    structuralSharing: false,
    staleTime: 0,
    placeholderData: keepPreviousData,
  });
}

/** The filters of the address as the memory wants them. */
export function toMemoryFilter({ type, project, text, forgotten }: LearningParams): MemoryFilter {
  const words = text?.trim();
  return {
    ...(type && { type }),
    ...(project && { project_id: project }),
    ...(words && { text: words }),
    ...(forgotten && { forgotten }),
  };
}

/** Reads again what is on the screen of the memories. */
export async function refreshMemories(): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: memoryListKey }),
    queryClient.invalidateQueries({ queryKey: trpc.memories.pathKey() }),
  ]);
}

/** Follows what others do to the memories while they are on the screen. */
export function useLiveMemories(): void {
  useLive(({ events, gap }) => {
    if (gap || events.some(({ type }) => type === 'memory.changed')) void refreshMemories();
  });
}
