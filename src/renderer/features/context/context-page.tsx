import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { FolderGit2, FolderOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { trpc } from '../../lib/trpc.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { ContextHistory } from './context-history.tsx';
import { contextTabs, withContextParams, type LooseContextParams } from './context-params.ts';
import { ContextPreview } from './context-preview.tsx';
import { ContextSwitches } from './context-switches.tsx';

/** What agents are given: what would be, what was, and what may be. */
export function ContextPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const params = useSearch({ from: '/context' });
  const projects = useQuery(trpc.projects.list.queryOptions());
  const tab = params.tab ?? 'preview';
  const change = (part: Partial<LooseContextParams>): void =>
    void navigate({ to: '/context', search: withContextParams(params, part), replace: true });

  if (projects.isError && !projects.data) {
    return <ErrorState error={projects.error} onRetry={() => void projects.refetch()} />;
  }
  const known = projects.data ?? [];
  const newest = known.toSorted((left, right) => right.last_event_at.localeCompare(left.last_event_at))[0];
  const project = known.find(({ id }) => id === params.project) ?? newest;
  // The history begins with all projects; the other two speak of one.
  const any = { value: 'any', label: t('filter.project.any') };
  const offered = known.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <div className="flex h-full flex-col">
      <header className="flex min-h-14 shrink-0 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-5 py-2">
        <h1 className="text-[15px] font-semibold">{t('nav.context')}</h1>
        {known.length > 0 && (
          <Select
            icon={FolderGit2}
            label={t('filter.project')}
            value={(tab === 'history' ? params.project : project?.id) ?? 'any'}
            options={tab === 'history' ? [any, ...offered] : offered}
            shown={tab === 'history' ? undefined : project?.name}
            onChange={(value) =>
              change({ project: value === 'any' ? undefined : value, session: undefined, given: undefined })
            }
            className="max-w-52"
          />
        )}
        <Segmented
          label={t('context.tab')}
          value={tab}
          options={contextTabs.map((value) => ({ value, label: t(`context.tab.${value}`) }))}
          onChange={(value) => change({ tab: value === 'preview' ? undefined : value, given: undefined })}
          className="ml-auto"
        />
      </header>
      {projects.isSuccess && !project && (
        <EmptyState icon={FolderOpen} title={t('context.noProject.title')} text={t('context.noProject.text')} />
      )}
      {project && tab === 'history' && (
        <div className="min-h-0 flex-1">
          <ContextHistory params={params} onChange={change} />
        </div>
      )}
      {project && tab !== 'history' && (
        // Scrolls, so it must be reachable by keyboard.
        <div className="min-h-0 flex-1 overflow-y-auto" tabIndex={0} role="group" aria-label={t(`context.tab.${tab}`)}>
          <div className="mx-auto max-w-6xl px-5 pt-4">
            {tab === 'preview' ? (
              <ContextPreview project={project.id} params={params} onChange={change} />
            ) : (
              <ContextSwitches project={project} />
            )}
          </div>
        </div>
      )}
    </div>
  );
}
