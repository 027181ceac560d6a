import { infiniteQueryOptions, keepPreviousData, type InfiniteData } from '@tanstack/react-query';
import type { LearningListRequest } from '../../../main/api/understanding-services.ts';
import type { LearningView } from '../../../shared/learning-views.ts';
import type { Page } from '../../../shared/views.ts';
import { useLive } from '../../lib/live.ts';
import { client, queryClient, trpc } from '../../lib/trpc.ts';
import type { LearningParams } from './learning-params.ts';

export type LearningFilter = Omit<LearningListRequest, 'limit' | 'cursor'>;
export type LearningPages = InfiniteData<Page<LearningView>, string | null>;

const pageSize = 100;

export const learningListKey = ['learnings', 'list'] as const;

function listKey(filter: LearningFilter) {
  return [...learningListKey, filter] as const;
}

/** The learnings that match, page after page. */
export function learningListOptions(filter: LearningFilter) {
  return infiniteQueryOptions<Page<LearningView>, Error, LearningPages, ReturnType<typeof listKey>, string | null>({
    queryKey: listKey(filter),
    queryFn: ({ pageParam, signal }) =>
      client.learnings.list.query(
        { ...filter, limit: pageSize, ...(pageParam !== null && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null,
    getNextPageParam: (page) => page.pagination.next_cursor,
    structuralSharing: false,
    placeholderData: keepPreviousData,
  });
}

/** What waits for a person, surest first. */
export const proposedFilter: LearningFilter = { states: ['proposed'], order: 'confidence' };

/** The filters of the address as the memory wants them. */
export function toLearningFilter(params: LearningParams): LearningFilter {
  const { state, category, tag, scope, project, conflicts, order } = params;
  const text = params.text?.trim();
  return {
    ...(state && { states: [state] }),
    ...(category && { categories: [category] }),
    ...(tag && { tags: [tag] }),
    ...(scope && { scope }),
    ...(project && { project_id: project }),
    ...(text && { text }),
    ...(conflicts && { conflicts_only: true }),
    order: order ?? 'newest',
  };
}

/** Reads again what is on the screen of the learnings, and the rest when it is next looked at. */
export async function refreshLearnings(): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: learningListKey }),
    queryClient.invalidateQueries({ queryKey: trpc.learnings.pathKey() }),
  ]);
}

/** Follows what others do to the learnings; stands once, in the shell. */
export function useLiveLearnings(): void {
  useLive(({ events, gap }) => {
    if (gap || events.some(({ type }) => type === 'learning.changed')) void refreshLearnings();
  });
}
