import { useRouter } from '@tanstack/react-router';
import { Lightbulb, SearchX } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/format.ts';
import { useShortcuts } from '../../lib/keyboard.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { SessionListSkeleton } from '../sessions/session-list-skeleton.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { decideLearnings, deleteLearnings, mergeLearnings, pinLearnings, undoLastAct } from './learning-acts.ts';
import { LearningFilters } from './learning-filters.tsx';
import { LearningItem } from './learning-item.tsx';
import { LearningPicker } from './learning-picker.tsx';
import { isNarrowed, withLearningParams, type LearningParams, type LooseLearningParams } from './learning-params.ts';
import { useTagAddress } from './learning-tags.tsx';
import { useLearningList } from './use-learning-list.ts';

export interface LearningListProps {
  params: LearningParams;
  onChange(part: Partial<LooseLearningParams>): void;
}

/** Everything that was ever learned: filtered, selected, and acted upon in bulk. */
export function LearningList({ params, onChange }: LearningListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const router = useRouter();
  const tagAddress = useTagAddress();
  const textField = useRef<HTMLInputElement>(null);
  const [dialog, setDialog] = useState<'merge' | 'delete' | null>(null);
  const {
    scroller,
    query,
    learnings,
    ids,
    selected,
    select,
    toggle,
    clear,
    items,
    measure,
    height,
    keyboard,
    activeId,
    total,
  } = useLearningList(params, (id) => onChange({ open: id }));
  const current = params.open ?? activeId;
  const targets = selected.size > 0 ? [...selected] : current === undefined ? [] : [current];
  const chosen = learnings.filter(({ id }) => selected.has(id));

  function settle(decision: 'approve' | 'reject' | 'propose' | 'expire'): void {
    if (targets.length === 0) return;
    clear();
    void decideLearnings(targets, decision);
  }
  function pin(): void {
    if (targets.length === 0) return;
    const all = learnings.filter(({ id }) => targets.includes(id));
    void pinLearnings(targets, !all.every(({ pinned }) => pinned));
  }
  useShortcuts([
    { keys: 'f', run: () => textField.current?.focus() },
    { keys: 'a', needs: 'write', run: () => settle('approve') },
    { keys: 'r', needs: 'write', run: () => settle('reject') },
    {
      keys: 'x',
      needs: 'write',
      run() {
        if (activeId !== undefined) toggle(activeId);
      },
    },
    { keys: 'Mod+a', needs: 'write', run: () => select(new Set(ids)) },
    { keys: 'u', needs: 'write', run: undoLastAct },
    ...(selected.size > 0
      ? [
          { keys: 'p', needs: 'write' as const, run: pin },
          { keys: 'Escape', run: clear },
        ]
      : []),
    ...(selected.size > 1 ? [{ keys: 'm', needs: 'write' as const, run: () => setDialog('merge') }] : []),
  ]);

  return (
    <>
      <LearningFilters
        textRef={textField}
        params={params}
        onChange={onChange}
        onEnterList={() => {
          textField.current?.blur();
          const first = ids[Math.max(0, keyboard.active)];
          if (first !== undefined) keyboard.setActive(first);
        }}
      />
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto pt-1.5" data-testid="learnings">
        {query.isPending && <SessionListSkeleton />}
        {query.isError && learnings.length === 0 && (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        )}
        {query.isSuccess &&
          learnings.length === 0 &&
          (isNarrowed(params) ? (
            <EmptyState icon={SearchX} title={t('learning.noMatch.title')} text={t('learning.noMatch.text')}>
              <Button
                onClick={() =>
                  onChange({
                    text: undefined,
                    state: undefined,
                    category: undefined,
                    tag: undefined,
                    scope: undefined,
                    project: undefined,
                    conflicts: undefined,
                  })
                }
              >
                {t('filter.reset')}
              </Button>
            </EmptyState>
          ) : (
            <EmptyState icon={Lightbulb} title={t('learning.none.title')} text={t('learning.none.text')} />
          ))}
        <ul aria-label={t('nav.learnings')} className="relative" style={{ height }}>
          {items.map((item) => {
            const learning = learnings[item.index];
            if (!learning) return null;
            const address = router.options.stringifySearch(withLearningParams(params, { open: learning.id }));
            return (
              <li
                key={item.key}
                ref={measure}
                data-index={item.index}
                className="absolute inset-x-0 top-0"
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <LearningItem
                  learning={learning}
                  href={`#/learnings${address}`}
                  open={learning.id === params.open}
                  active={item.index === keyboard.active}
                  selected={selected.has(learning.id)}
                  onSelect={toggle}
                  tagAddress={tagAddress}
                />
              </li>
            );
          })}
        </ul>
      </div>
      {selected.size > 0 ? (
        <BulkBar
          count={selected.size}
          onAll={selected.size < ids.length ? () => select(new Set(ids)) : null}
          onApprove={() => settle('approve')}
          onReject={() => settle('reject')}
          onPropose={() => settle('propose')}
          onExpire={() => settle('expire')}
          onPin={pin}
          onMerge={selected.size > 1 ? () => setDialog('merge') : null}
          onDelete={() => setDialog('delete')}
          onClear={clear}
        />
      ) : (
        total !== undefined && (
          <p role="status" className="tabular shrink-0 border-t border-line px-4 py-1.5 text-xs text-faint">
            {t('learning.total', { count: total, number: format.number(total) })}
          </p>
        )
      )}
      {dialog === 'merge' && (
        <LearningPicker
          title={t('learning.merge.title')}
          description={t('learning.merge.many', { count: chosen.length })}
          likely={chosen}
          without={[]}
          onClose={() => setDialog(null)}
          onPick={(into) => {
            setDialog(null);
            clear();
            void mergeLearnings(
              into,
              targets.filter((id) => id !== into),
            );
          }}
        />
      )}
      <ConfirmDialog
        open={dialog === 'delete'}
        onClose={() => setDialog(null)}
        title={t('learning.delete.title', { count: targets.length })}
        description={t('learning.delete.text')}
        action={t('learning.do.delete')}
        onConfirm={() => {
          setDialog(null);
          clear();
          void deleteLearnings(targets);
        }}
      />
    </>
  );
}
