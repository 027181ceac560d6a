import { useQuery } from '@tanstack/react-query';
import { CalendarRange } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SummaryView } from '../../../shared/summary-views.ts';
import { useFormat } from '../../lib/format.ts';
import { useNow } from '../../lib/now.ts';
import { InlineText } from '../../ui/rich-text.tsx';
import { trpc } from '../../lib/trpc.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { RegenerateMenu } from './regenerate-menu.tsx';
import { SourceBadge } from './source-badge.tsx';
import { SummaryContent } from './summary-content.tsx';
import { useRegenerate } from './use-regenerate.ts';
import { VersionMenu } from './version-menu.tsx';

const shownWeeks = 26;

/** What a project came to, week by week, newest first. */
export function WeekSummaries({ projectId }: { projectId: string }) {
  const { t } = useTranslation();
  const weeks = useQuery(
    trpc.summaries.list.queryOptions({ scope: 'week', project_id: projectId, limit: shownWeeks }, { staleTime: 0 }),
  );
  const projects = useQuery(trpc.projects.list.queryOptions());
  const name = projects.data?.find(({ id }) => id === projectId)?.name ?? '';
  if (weeks.isError && !weeks.data) return <ErrorState error={weeks.error} onRetry={() => void weeks.refetch()} />;
  if (!weeks.data) return null;
  if (weeks.data.data.length === 0) {
    return (
      <EmptyState icon={CalendarRange} title={t('summary.weeks.none.title')} text={t('summary.weeks.none.text')} />
    );
  }
  return (
    <section
      aria-label={t('summary.weeks', { name })}
      // Scrolls, so it must be reachable by keyboard.
      tabIndex={0}
      role="group"
      data-testid="week-summaries"
      className="h-full overflow-y-auto"
    >
      <div className="mx-auto max-w-3xl px-5 pt-4 pb-10">
        <h2 className="mb-3 text-[15px] font-semibold">{t('summary.weeks', { name })}</h2>
        <ol className="flex flex-col gap-3.5">
          {weeks.data.data.map((summary) => (
            <li key={`${summary.week}`}>
              <Week summary={summary} />
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}

function Week({ summary }: { summary: SummaryView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const { week, project } = summary;
  const regenerate = useRegenerate({ scope: 'week', session_id: null, prompt_id: null, week, project_id: project.id });
  return (
    <article className="rounded-xl border border-line bg-panel p-4">
      <header className="mb-2.5 flex items-center gap-2">
        <span className="tabular min-w-0 flex-1 text-xs text-faint">
          {week !== null && t('summary.week', { date: format.day(`${week}T00:00:00`, now) })}
        </span>
        <SourceBadge summary={summary} />
        <VersionMenu summary={summary} />
        <RegenerateMenu regenerate={regenerate} />
      </header>
      <h3 dir="auto" className="mb-2.5 text-left font-semibold [overflow-wrap:anywhere]">
        <InlineText text={summary.title} />
      </h3>
      <SummaryContent summary={summary} />
    </article>
  );
}
