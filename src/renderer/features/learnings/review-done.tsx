import { Link } from '@tanstack/react-router';
import { CircleCheckBig, Inbox } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { undoLastAct } from './learning-acts.ts';
import type { ReviewQueue } from './review-queue.ts';

/** After the last card, or before there ever was one. */
export function ReviewDone({ queue }: { queue: ReviewQueue }) {
  const { t } = useTranslation();
  const count = queue.decided.size;
  if (count === 0) {
    return (
      <EmptyState icon={Inbox} title={t('learning.review.empty.title')} text={t('learning.review.empty.text')}>
        <AllLink />
      </EmptyState>
    );
  }
  const kinds = ['approved', 'rejected', 'merged', 'superseded'] as const;
  const counts = kinds
    .map((kind) => [kind, [...queue.decided.values()].filter((decision) => decision === kind).length] as const)
    .filter(([, number]) => number > 0)
    .map(([kind, number]) => t(`learning.review.count.${kind}`, { count: number }));
  return (
    <EmptyState
      icon={CircleCheckBig}
      title={t('learning.review.done.title')}
      text={t('learning.review.done.text', { count })}
    >
      {counts.length > 0 && <p className="tabular -mt-3 text-muted">{counts.join(' · ')}</p>}
      <Button needs="write" onClick={undoLastAct}>
        {t('learning.undoLast')} <Kbd keys="u" />
      </Button>
      <AllLink />
    </EmptyState>
  );
}

function AllLink() {
  const { t } = useTranslation();
  return (
    <Link to="/learnings" search={{ tab: 'all' }} className="font-medium text-accent-ink hover:underline">
      {t('learning.review.toAll')}
    </Link>
  );
}
