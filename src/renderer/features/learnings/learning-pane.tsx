import { useQuery } from '@tanstack/react-query';
import { Archive, ArrowRightLeft, Check, Merge, PencilLine, Pin, RotateCcw, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '../../lib/keyboard.ts';
import { trpc } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { decideLearnings, deleteLearnings } from './learning-acts.ts';
import { LearningBody } from './learning-body.tsx';
import { LearningHistory } from './learning-history.tsx';
import { LearningUpkeep } from './learning-upkeep.tsx';
import { useLearningTools } from './use-learning-tools.ts';

/** One learning beside the list: judged, changed, verified, and with all that was done to it. */
export function LearningPane({ id, onClose }: { id: string; onClose(): void }) {
  const { t } = useTranslation();
  const query = useQuery(trpc.learnings.get.queryOptions({ id }));
  const learning = query.data;
  const tools = useLearningTools(learning);
  const [confirms, setConfirms] = useState(false);
  useShortcuts([{ keys: 'Escape', run: onClose }, ...tools.shortcuts]);
  if (query.isError && !learning) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  if (!learning) return <Skeleton className="m-5 h-56" />;
  const decide = (decision: 'approve' | 'reject' | 'propose' | 'expire') => (): void =>
    void decideLearnings([id], decision);
  const { state } = learning;
  return (
    <article className="mx-auto max-w-[820px] px-5 pt-3 pb-10">
      <div role="toolbar" aria-label={t('learning.actions')} className="mb-3 flex flex-wrap items-center gap-1">
        {state !== 'approved' && (
          <Button needs="write" look="primary" icon={Check} onClick={decide('approve')} className="mr-1">
            {t('learning.do.approve')}
          </Button>
        )}
        {(state === 'proposed' || state === 'approved') && (
          <Button needs="write" look="danger" icon={X} onClick={decide('reject')} className="mr-1">
            {t('learning.do.reject')}
          </Button>
        )}
        <IconButton
          needs="write"
          icon={PencilLine}
          label={t('learning.do.edit')}
          keys="e"
          onClick={() => tools.setOpen('edit')}
        />
        <IconButton
          needs="write"
          icon={Pin}
          label={t(learning.pinned ? 'learning.do.unpin' : 'learning.do.pin')}
          keys="p"
          aria-pressed={learning.pinned}
          onClick={tools.pin}
          className="aria-pressed:text-accent-ink"
        />
        <IconButton
          needs="write"
          icon={Merge}
          label={t('learning.do.merge')}
          keys="m"
          onClick={() => tools.setOpen('merge')}
        />
        <IconButton
          needs="write"
          icon={ArrowRightLeft}
          label={t('learning.do.supersede')}
          onClick={() => tools.setOpen('supersede')}
        />
        {state !== 'proposed' && (
          <IconButton needs="write" icon={RotateCcw} label={t('learning.do.propose')} onClick={decide('propose')} />
        )}
        {state === 'approved' && (
          <IconButton needs="write" icon={Archive} label={t('learning.do.expire')} onClick={decide('expire')} />
        )}
        <IconButton needs="write" icon={Trash2} label={t('learning.do.delete')} onClick={() => setConfirms(true)} />
      </div>
      <LearningBody key={id} learning={learning} detail={learning} tools={tools} showsState />
      <div className="mt-4 flex flex-col gap-4">
        <LearningUpkeep key={id} learning={learning} />
        <LearningHistory id={id} history={learning.history} />
      </div>
      <ConfirmDialog
        open={confirms}
        onClose={() => setConfirms(false)}
        title={t('learning.delete.title', { count: 1 })}
        description={t('learning.delete.text')}
        action={t('learning.do.delete')}
        onConfirm={() => {
          setConfirms(false);
          onClose();
          void deleteLearnings([id]);
        }}
      />
    </article>
  );
}
