import type { LearningDetail, LearningView } from '../../../shared/learning-views.ts';
import { queryClient, trpc } from '../../lib/trpc.ts';
import { learningListKey, type LearningPages } from './learning-queries.ts';

type Change = (learning: LearningView) => Partial<LearningView>;

function changeEverywhere(ids: ReadonlySet<string>, change: Change): void {
  queryClient.setQueriesData<LearningPages>(
    { queryKey: learningListKey },
    (kept) =>
      kept && {
        ...kept,
        pages: kept.pages.map((page) => ({
          ...page,
          data: page.data.map((learning) => (ids.has(learning.id) ? { ...learning, ...change(learning) } : learning)),
        })),
      },
  );
  for (const id of ids) {
    queryClient.setQueryData<LearningDetail>(
      trpc.learnings.get.queryKey({ id }),
      (kept) => kept && { ...kept, ...change(kept) },
    );
  }
}

function keptViews(ids: ReadonlySet<string>): Map<string, LearningView> {
  const kept = new Map<string, LearningView>();
  for (const [, list] of queryClient.getQueriesData<LearningPages>({ queryKey: learningListKey })) {
    for (const learning of list?.pages.flatMap((page) => page.data) ?? []) {
      if (ids.has(learning.id)) kept.set(learning.id, learning);
    }
  }
  for (const id of ids) {
    const detail = queryClient.getQueryData<LearningDetail>(trpc.learnings.get.queryKey({ id }));
    if (detail) kept.set(id, viewOf(detail));
  }
  return kept;
}

function viewOf({
  evidence: _evidence,
  conflicts: _conflicts,
  similar: _similar,
  history: _history,
  ...view
}: LearningDetail): LearningView {
  return view;
}

/** Shows a change wherever these learnings are on the screen; gives the way back to what was there. */
export function showChange(list: readonly string[], change: Change): () => void {
  const ids = new Set(list);
  // An answer that is on its way does not know of the change yet.
  void queryClient.cancelQueries({ queryKey: learningListKey });
  const before = keptViews(ids);
  changeEverywhere(ids, change);
  return () => changeEverywhere(new Set(before.keys()), (learning) => before.get(learning.id) ?? {});
}

/** Puts what the memory answered over what is on the screen. */
export function showOutcome(learnings: readonly LearningView[]): void {
  const views = new Map(learnings.map((learning) => [learning.id, learning]));
  changeEverywhere(new Set(views.keys()), (learning) => views.get(learning.id) ?? {});
}
