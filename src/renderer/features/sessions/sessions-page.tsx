import { useQuery } from '@tanstack/react-query';
import { Outlet, useParams, useSearch } from '@tanstack/react-router';
import { MousePointerClick } from 'lucide-react';
import { useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '../../lib/classes.ts';
import { useMay } from '../../lib/rights.ts';
import { trpc } from '../../lib/trpc.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { WeekSummaries } from '../summaries/week-summaries.tsx';
import { FirstRun } from './first-run.tsx';
import { paneStore } from './pane.ts';
import { SessionList } from './session-list.tsx';
import { isFiltered, parseSessionSearch } from './session-search.ts';

/** The list on the left and one session on the right; on a narrow window one after the other. */
export function SessionsPage() {
  const { sessionId } = useParams({ strict: false });
  const address = useSearch({ strict: false });
  // The same address must give the same object: what is live hangs on it.
  const search = useMemo(() => parseSessionSearch({ ...address }), [address]);
  const may = useMay();
  const isOwner = may('owner');
  const status = useQuery({ ...trpc.status.get.queryOptions(), enabled: isOwner });
  const isOpen = sessionId !== undefined;
  useEffect(() => {
    if (!isOpen) paneStore.set('list');
  }, [isOpen]);

  // An administrator has the status for the banners, and no settings file here that hooks could be put into.
  const installation = isOwner ? (status.data?.installation ?? null) : null;
  if (installation !== null && status.data?.database.counts.sessions === 0 && !isFiltered(search) && !isOpen) {
    return <FirstRun installation={installation} />;
  }
  return (
    <div className="flex h-full min-w-0">
      <section
        onPointerDownCapture={() => paneStore.set('list')}
        className={classes(
          'h-full w-full flex-col border-line lg:flex lg:w-[372px] lg:shrink-0 lg:border-r',
          isOpen ? 'hidden' : 'flex',
        )}
      >
        <SessionList search={search} />
      </section>
      <div className={classes('h-full min-w-0 flex-1 flex-col lg:flex', isOpen ? 'flex' : 'hidden')}>
        <Outlet />
      </div>
    </div>
  );
}

/** What stands on the right before a session was chosen: of one project its weeks, else what to do. */
export function NoSessionChosen() {
  const { t } = useTranslation();
  const { project } = parseSessionSearch({ ...useSearch({ strict: false }) });
  if (project !== undefined) return <WeekSummaries projectId={project} />;
  return (
    <EmptyState icon={MousePointerClick} title={t('sessions.choose.title')} text={t('sessions.choose.text')}>
      <p className="flex items-center gap-4 text-xs text-faint">
        <span className="flex items-center gap-1.5">
          <Kbd keys="j" />
          <Kbd keys="k" /> {t('keys.move')}
        </span>
        <span className="flex items-center gap-1.5">
          <Kbd keys="Enter" /> {t('keys.open')}
        </span>
        <span className="flex items-center gap-1.5">
          <Kbd keys="/" /> {t('keys.search')}
        </span>
      </p>
    </EmptyState>
  );
}
