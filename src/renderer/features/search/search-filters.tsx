import { CalendarDays, CircleAlert, Clock, FileCode, Pin, Shapes, Wrench, X } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { observationTypes } from '../../../shared/views.ts';
import { useFormat } from '../../lib/format.ts';
import { useNow } from '../../lib/now.ts';
import { dayBounds, periods } from '../../lib/period.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { Toggle } from '../../ui/toggle.tsx';
import { ProjectSelect } from '../projects/project-select.tsx';
import {
  filterCount,
  noParams,
  withoutEmpty,
  withoutFilters,
  type LooseParams,
  type SearchParams,
} from './search-params.ts';

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
  const format = useFormat();
  const now = useNow();
  const change = (part: Partial<LooseParams>): void => onChange(withoutEmpty({ ...noParams, ...params, ...part }));
  const tools = [...new Set([...usualTools, ...seenTools, ...(params.tool ? [params.tool] : [])])];
  return (
    <div className="flex flex-wrap items-center gap-1.5" role="group" aria-label={t('search.filters')}>
      <ProjectSelect value={params.project} onChange={(project) => change({ project })} className="max-w-44" />
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
        onChange={(value) => change({ period: value === 'any' ? undefined : value, day: undefined })}
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
      <Toggle
        icon={Pin}
        tone="accent"
        label={t('filter.pinned')}
        pressed={params.pinned === true}
        onChange={(pressed) => change({ pinned: pressed ? true : undefined })}
      />
      {params.day !== undefined && (
        <button
          type="button"
          aria-label={t('search.chip.remove', { name: t('filter.period') })}
          onClick={() => change({ day: undefined })}
          className="inline-flex h-7 items-center gap-1.5 rounded-md bg-accent-soft px-2 font-medium text-accent-ink"
        >
          <CalendarDays aria-hidden size={13} />
          {format.day(dayBounds(params.day).since, now)}
          <X aria-hidden size={12} />
        </button>
      )}
      {filterCount(params) > 0 && (
        <Button look="ghost" onClick={() => onChange(withoutFilters(params))}>
          {t('filter.reset')}
        </Button>
      )}
    </div>
  );
});
