import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { FileOutput, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { trpc } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { MemoriesView } from '../memories/memories-view.tsx';
import { AllLearnings } from './all-learnings.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { LearningForm } from './learning-form.tsx';
import { learningTabs, withLearningParams, type LearningTab, type LooseLearningParams } from './learning-params.ts';
import { ReviewInbox } from './review-inbox.tsx';

/** What is believed: the inbox of proposals, everything that was learned, and what somebody asked to remember. */
export function LearningsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const params = useSearch({ from: '/learnings' });
  const counts = useQuery(trpc.learnings.counts.queryOptions({}));
  const [dialog, setDialog] = useState<'new' | 'export' | null>(null);
  const tab = params.tab ?? 'review';
  const change = (part: Partial<LooseLearningParams>): void =>
    void navigate({
      to: '/learnings',
      search: withLearningParams(params, part),
      // What was opened can be gone back from; a filter is not a place.
      replace: part.open === undefined,
    });
  function toTab(next: LearningTab): void {
    void navigate({ to: '/learnings', search: next === 'review' ? {} : { tab: next } });
  }
  const waiting = counts.data?.by_state.proposed ?? 0;
  const close = (): void => setDialog(null);
  return (
    <div className="flex h-full flex-col">
      <header className="flex min-h-14 shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-5 py-2">
        <h1 className="text-[15px] font-semibold">{t('nav.learnings')}</h1>
        <Segmented
          label={t('learning.tab')}
          value={tab}
          options={learningTabs.map((value) => ({
            value,
            label: t(`learning.tab.${value}`) + (value === 'review' && waiting > 0 ? ` ${waiting}` : ''),
          }))}
          onChange={toTab}
        />
        {tab !== 'memories' && (
          <span className="ml-auto flex gap-1.5">
            <Button icon={FileOutput} onClick={() => setDialog('export')}>
              {t('learning.export')}
            </Button>
            <Button needs="write" icon={Plus} onClick={() => setDialog('new')}>
              {t('learning.new')}
            </Button>
          </span>
        )}
      </header>
      <div className="min-h-0 flex-1">
        {tab === 'review' && <ReviewInbox />}
        {tab === 'all' && <AllLearnings params={params} onChange={change} />}
        {tab === 'memories' && <MemoriesView params={params} onChange={change} />}
      </div>
      {dialog === 'export' && <ExportDialog project={params.project} onClose={close} />}
      {dialog === 'new' && (
        <LearningForm
          project={params.project}
          onClose={close}
          onCreated={(open) => {
            close();
            void navigate({ to: '/learnings', search: { tab: 'all', open } });
          }}
        />
      )}
    </div>
  );
}
