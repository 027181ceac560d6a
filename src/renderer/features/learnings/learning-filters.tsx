import { useQuery } from '@tanstack/react-query';
import { ArrowDownWideNarrow, ListFilter, Swords, Tag } from 'lucide-react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { learningCategories, learningScopes, learningStates } from '../../../shared/learning-views.ts';
import { visibleText } from '../../lib/readable.ts';
import { trpc } from '../../lib/trpc.ts';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { Toggle } from '../../ui/toggle.tsx';
import { ProjectSelect } from '../projects/project-select.tsx';
import { learningOrders, type LearningParams, type LooseLearningParams } from './learning-params.ts';

export interface LearningFiltersProps {
  params: LearningParams;
  onChange(part: Partial<LooseLearningParams>): void;
  textRef: Ref<HTMLInputElement>;
  /** From the text field down to the list. */
  onEnterList(): void;
}

/** Above the list: by words, state, category, tag, scope, project and conflicts, and in which order. */
export function LearningFilters({ params, onChange, textRef, onEnterList }: LearningFiltersProps) {
  const { t } = useTranslation();
  const counts = useQuery(
    trpc.learnings.counts.queryOptions(params.project === undefined ? {} : { project_id: params.project }),
  );
  const counted = (label: string, count: number | undefined): string =>
    count === undefined || count === 0 ? label : `${label} (${count})`;
  return (
    <search className="flex flex-col gap-1.5 border-b border-line px-3 pt-2.5 pb-2.5">
      <TextField
        ref={textRef}
        icon={ListFilter}
        label={t('learning.filter.text')}
        value={params.text ?? ''}
        onChange={(text) => onChange({ text })}
        onDown={onEnterList}
      />
      <div className="flex min-w-0 flex-wrap gap-1.5">
        <Select
          label={t('sessions.filter.state')}
          value={params.state ?? 'any'}
          options={[
            { value: 'any', label: t('sessions.filter.state.any') },
            ...learningStates.map((value) => ({
              value,
              label: counted(t(`learning.state.${value}`), counts.data?.by_state[value]),
            })),
          ]}
          onChange={(value) => onChange({ state: value === 'any' ? undefined : value })}
        />
        <Select
          label={t('learning.category')}
          value={params.category ?? 'any'}
          options={[
            { value: 'any', label: t('learning.category.any') },
            ...learningCategories.map((value) => ({
              value,
              label: counted(t(`learning.category.${value}`), counts.data?.by_category[value]),
            })),
          ]}
          onChange={(value) => onChange({ category: value === 'any' ? undefined : value })}
        />
        <Select
          label={t('learning.scope')}
          value={params.scope ?? 'any'}
          options={[
            { value: 'any', label: t('learning.scope.any') },
            ...learningScopes.map((value) => ({ value, label: t(`learning.scope.${value}`) })),
          ]}
          onChange={(value) => onChange({ scope: value === 'any' ? undefined : value })}
        />
        <ProjectSelect value={params.project} onChange={(project) => onChange({ project })} />
        {params.tag !== undefined && (
          <Toggle
            icon={Tag}
            tone="accent"
            label={`#${visibleText(params.tag)}`}
            pressed
            onChange={() => onChange({ tag: undefined })}
          />
        )}
        <Toggle
          icon={Swords}
          label={counted(t('learning.filter.conflicts'), counts.data?.conflicts)}
          pressed={params.conflicts === true}
          onChange={(pressed) => onChange({ conflicts: pressed ? true : undefined })}
        />
        <Select
          icon={ArrowDownWideNarrow}
          label={t('learning.order')}
          value={params.order ?? 'newest'}
          shown={t(`learning.order.${params.order ?? 'newest'}`)}
          options={learningOrders.map((value) => ({ value, label: t(`learning.order.${value}`) }))}
          onChange={(value) => onChange({ order: value === 'newest' ? undefined : value })}
        />
      </div>
    </search>
  );
}
