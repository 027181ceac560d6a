import { useQuery } from '@tanstack/react-query';
import { CircleAlert, Clock, FileCode, FolderGit2, Shapes, Wrench } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { observationTypes } from '../../../shared/views.ts';
import { periods } from '../../lib/period.ts';
import { trpc } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { Toggle } from '../../ui/toggle.tsx';
import { filterCount, withoutEmpty, type SearchParams } from './search-params.ts';
import { noParams } from './use-search-text.ts';

/** The tools that every installation has; others join as they turn up in the results. */
const usualTools = ['Bash', 'Read', 'Edit', 'Write', 'Grep', 'Glob', 'Agent', 'WebFetch', 'WebSearch'];

export interface SearchFiltersProps {
  params: SearchParams;
  /** Tools in the results. */
  seenTools: readonly string[];
  onChange(params: SearchParams): void;
}

/** By project, type, tool, file, time and failures. Remembered, because the field above it changes with every key. */
export const SearchFilterBar = memo(function SearchFilterBar({ params, seenTools, onChange }: SearchFiltersProps) {
  const { t } = useTranslation();
  const projects = useQuery(trpc.projects.list.queryOptions());
  const change = (part: { [Key in keyof SearchParams]: SearchParams[Key] | undefined }): void =>
    onChange(withoutEmpty({ ...params, ...part }));
  const tools = [...new Set([...usualTools, ...seenTools, ...(params.tool ? [params.tool] : [])])];
  return (
    <div className="flex flex-wrap items-center gap-1.5" role="group" aria-label={t('search.filters')}>
      <Select
        icon={FolderGit2}
        label={t('filter.project')}
        value={params.project ?? 'any'}
        options={[
          { value: 'any', label: t('filter.project.any') },
          ...(projects.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
        onChange={(value) => change({ project: value === 'any' ? undefined : value })}
        className="max-w-44"
      />
      <Select
        icon={Shapes}
        label={t('filter.type')}
        value={params.type ?? 'any'}
        options={[
          { value: 'any', label: t('filter.type.any') },
          ...observationTypes.map((type) => ({ value: type, label: t(`type.${type}`) })),
        ]}
        onChange={(value) => change({ type: value === 'any' ? undefined : value })}
      />
      <Select
        icon={Wrench}
        label={t('filter.tool')}
        value={params.tool ?? 'any'}
        options={[
          { value: 'any', label: t('filter.tool.any') },
          ...tools.map((tool) => ({ value: tool, label: tool })),
        ]}
        onChange={(value) => change({ tool: value === 'any' ? undefined : value })}
        className="max-w-44"
      />
      <Select
        icon={Clock}
        label={t('filter.period')}
        value={params.period ?? 'any'}
        options={periods.map((value) => ({
          value,
          label: t(`filter.period.${value}`),
        }))}
        onChange={(value) => change({ period: value === 'any' ? undefined : value })}
      />
      <TextField
        icon={FileCode}
        label={t('filter.file')}
        value={params.file ?? ''}
        onChange={(value) => change({ file: value })}
        className="w-40"
      />
      <Toggle
        icon={CircleAlert}
        label={t('filter.failures')}
        pressed={params.failures === true}
        onChange={(pressed) => change({ failures: pressed ? true : undefined })}
      />
      {filterCount(params) > 0 && (
        <Button look="ghost" onClick={() => onChange(withoutEmpty({ ...noParams, q: params.q }))}>
          {t('filter.reset')}
        </Button>
      )}
    </div>
  );
});
