import { CircleAlert, Clock, ListFilter } from 'lucide-react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { periods } from '../../lib/period.ts';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { Toggle } from '../../ui/toggle.tsx';
import { ProjectSelect } from '../projects/project-select.tsx';
import type { SessionSearch } from './session-search.ts';

export interface SessionFiltersProps {
  search: SessionSearch;
  onChange(search: SessionSearch): void;
  textRef: Ref<HTMLInputElement>;
  /** From the text field down to the sessions. */
  onEnterList(): void;
}

/** Above the list: by text, project, state, time and failures. */
export function SessionFilters({ search, onChange, textRef, onEnterList }: SessionFiltersProps) {
  const { t } = useTranslation();
  const { text, project, state, period, failures, ...rest } = search;
  const change = (part: { [Key in keyof SessionSearch]: SessionSearch[Key] | undefined }): void => {
    const next = { ...rest, text, project, state, period, failures, ...part };
    onChange({
      ...(next.text && { text: next.text }),
      ...(next.project && { project: next.project }),
      ...(next.state && { state: next.state }),
      ...(next.period && { period: next.period }),
      ...(next.failures && { failures: true }),
    });
  };
  return (
    <search className="flex flex-col gap-1.5 border-b border-line px-3 pb-2.5">
      <TextField
        ref={textRef}
        icon={ListFilter}
        label={t('sessions.filter.text')}
        value={text ?? ''}
        onChange={(value) => change({ text: value })}
        onDown={onEnterList}
      />
      <div className="flex min-w-0 flex-wrap gap-1.5">
        <ProjectSelect value={project} onChange={(chosen) => change({ project: chosen })} />
        <Select
          label={t('sessions.filter.state')}
          value={state ?? 'any'}
          options={[
            { value: 'any', label: t('sessions.filter.state.any') },
            { value: 'active', label: t('sessions.state.active') },
            { value: 'ended', label: t('sessions.state.ended') },
          ]}
          onChange={(value) => change({ state: value === 'any' ? undefined : value })}
        />
        <Select
          icon={Clock}
          label={t('filter.period')}
          value={period ?? 'any'}
          options={periods.map((value) => ({
            value,
            label: t(`filter.period.${value}`),
          }))}
          onChange={(value) => change({ period: value === 'any' ? undefined : value })}
        />
        <Toggle
          icon={CircleAlert}
          label={t('filter.failures')}
          pressed={failures === true}
          onChange={(pressed) => change({ failures: pressed ? true : undefined })}
        />
      </div>
    </search>
  );
}
