import { ChevronLeft, ChevronRight, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/format.ts';
import { useShortcuts, type Shortcut } from '../../lib/keyboard.ts';
import { Badge } from '../../ui/badge.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { decideLearnings, keepBoth, keepOne, reviewStore, undoLastAct } from './learning-acts.ts';
import { LearningBody } from './learning-body.tsx';
import { ReviewActions, reviewIcons, type ReviewAction } from './review-actions.tsx';
import { ReviewDone } from './review-done.tsx';
import { step } from './review-queue.ts';
import { useLearningTools } from './use-learning-tools.ts';
import { useReview } from './use-review.ts';

const noneSelected: ReadonlySet<string> = new Set();

/** The proposals, one card at a time; everything by a single key. */
export function ReviewInbox() {
  const { t } = useTranslation();
  const format = useFormat();
  const { list, queue, total, detail, detailError, learning, retry } = useReview();
  const tools = useLearningTools(detail);
  const [selected, setSelected] = useState(noneSelected);
  const id = learning?.id;

  const move = (by: 1 | -1): void => reviewStore.set(step(reviewStore.get(), by));
  const targets = selected.size > 0 ? [...selected] : id === undefined ? [] : [id];
  function settle(decision: 'approve' | 'reject'): void {
    if (targets.length === 0) return;
    setSelected(noneSelected);
    void decideLearnings(targets, decision);
  }
  function toggleSelected(): void {
    if (id === undefined) return;
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    setSelected(next);
    if (next.size > selected.size) move(1);
  }
  const [conflict] = detail?.conflicts ?? [];
  const other = conflict?.learning.id;
  const settling: Shortcut[] =
    id === undefined || other === undefined
      ? []
      : [
          { keys: '1', needs: 'write', run: () => void keepOne(id, other) },
          { keys: '2', needs: 'write', run: () => void keepOne(other, id) },
          { keys: '3', needs: 'write', run: () => void keepBoth(id, other) },
        ];
  const isFree = tools.open === null;
  useShortcuts([
    { keys: 'u', needs: 'write', run: undoLastAct },
    { keys: 'b', run: () => move(-1) },
    { keys: 'k', run: () => move(-1) },
    { keys: 'ArrowLeft', run: () => move(-1) },
    ...(isFree && id !== undefined
      ? [
          { keys: 'a', needs: 'write' as const, run: () => settle('approve') },
          { keys: 'r', needs: 'write' as const, run: () => settle('reject') },
          { keys: 'x', needs: 'write' as const, run: toggleSelected },
          { keys: 'n', run: () => move(1) },
          { keys: 'j', run: () => move(1) },
          { keys: 'ArrowRight', run: () => move(1) },
          { keys: 'Escape', run: () => setSelected(noneSelected) },
          ...settling,
          ...tools.shortcuts,
        ]
      : []),
  ]);

  if (list.isError && !list.data) return <ErrorState error={list.error} onRetry={retry} />;
  if (!list.data) return <ReviewSkeleton />;
  if (id === undefined) return <ReviewDone queue={queue} />;
  if (detailError) return <ErrorState error={detailError} onRetry={retry} />;
  if (!learning) return <ReviewSkeleton />;

  const decision = queue.decided.get(learning.id);
  const isSelected = selected.has(learning.id);
  const count = selected.size > 0 ? ` (${format.number(selected.size)})` : '';
  const tool = (name: 'edit' | 'merge' | 'scope' | 'pin', keys: string, label: string): ReviewAction => ({
    keys,
    label,
    icon: reviewIcons[name],
    disabled: detail === undefined,
    run: () => tools.shortcuts.find((shortcut) => shortcut.keys === keys)?.run(),
  });
  const actions: ReviewAction[] = [
    {
      keys: 'a',
      label: t('learning.do.approve') + count,
      icon: reviewIcons.approve,
      look: 'primary',
      run: () => settle('approve'),
    },
    {
      keys: 'r',
      label: t('learning.do.reject') + count,
      icon: reviewIcons.reject,
      look: 'danger',
      run: () => settle('reject'),
    },
    tool('edit', 'e', t('learning.do.edit')),
    tool('merge', 'm', t('learning.do.merge')),
    tool('scope', 's', t('learning.do.scope')),
    tool('pin', 'p', t(learning.pinned ? 'learning.do.unpin' : 'learning.do.pin')),
    {
      keys: 'x',
      label: t(isSelected ? 'learning.do.unselect' : 'learning.do.select'),
      icon: isSelected ? reviewIcons.selected : reviewIcons.select,
      run: toggleSelected,
    },
  ];
  const place = t('learning.review.place', { at: format.number(queue.at + 1), total: format.number(total) });
  return (
    <section aria-label={t('learning.tab.review')} className="flex h-full min-h-0 flex-col">
      <div
        // Each card begins at its top.
        key={learning.id}
        // Scrolls, so it must be reachable by keyboard.
        tabIndex={0}
        role="group"
        aria-label={t('learning.card')}
        className="min-h-0 flex-1 overflow-y-auto"
      >
        <div className="mx-auto w-full max-w-[820px] px-5 pt-4 pb-8">
          <div className="mb-3.5 flex items-center gap-3">
            <p role="status" className="tabular shrink-0 text-xs font-medium text-muted">
              {place}
            </p>
            <ProgressBar label={t('learning.review.progress')} value={queue.decided.size} max={total} />
            {selected.size > 0 && <Badge tone="accent">{t('learning.selected', { count: selected.size })}</Badge>}
            <span className="flex shrink-0">
              <IconButton needs="write" icon={Undo2} label={t('learning.undoLast')} keys="u" onClick={undoLastAct} />
              <IconButton icon={ChevronLeft} label={t('learning.review.previous')} keys="k" onClick={() => move(-1)} />
              <IconButton icon={ChevronRight} label={t('learning.review.next')} keys="j" onClick={() => move(1)} />
            </span>
          </div>
          <article
            data-testid="review-card"
            data-selected={isSelected || undefined}
            className="rounded-xl border border-line bg-panel p-5 shadow-[0_1px_3px_oklch(0_0_0/0.05)] data-selected:border-accent sm:p-6"
          >
            {decision !== undefined && (
              <p className="mb-3 flex items-center gap-2 rounded-md bg-sunken px-3 py-1.5 text-xs text-muted">
                {t(`learning.review.was.${decision}`)}
              </p>
            )}
            <LearningBody
              key={learning.id}
              large
              learning={learning}
              detail={detail}
              tools={tools}
              showsState={false}
            />
          </article>
        </div>
      </div>
      <ReviewActions actions={actions} />
    </section>
  );
}

function ReviewSkeleton() {
  return (
    <div className="mx-auto w-full max-w-[820px] px-5 pt-12">
      <Skeleton className="h-72 w-full rounded-xl" />
    </div>
  );
}
