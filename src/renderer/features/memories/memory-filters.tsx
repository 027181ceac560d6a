import { EyeOff, ListFilter } from 'lucide-react';
import type { Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { memoryTypes } from '../../../shared/note-views.ts';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { Toggle } from '../../ui/toggle.tsx';
import { ProjectSelect } from '../projects/project-select.tsx';
import type { LearningParams, LooseLearningParams } from '../learnings/learning-params.ts';

export interface MemoryFiltersProps {
  params: LearningParams;
  onChange(part: Partial<LooseLearningParams>): void;
  textRef: Ref<HTMLInputElement>;
}

/** Above the memories: by words, type and project, and those that were forgotten. */
export function MemoryFilters({ params, onChange, textRef }: MemoryFiltersProps) {
  const { t } = useTranslation();
  return (
    <search className="flex flex-col gap-1.5 border-b border-line px-3 py-2.5">
      <TextField
        ref={textRef}
        icon={ListFilter}
        label={t('memory.filter.text')}
        value={params.text ?? ''}
        onChange={(text) => onChange({ text })}
      />
      <div className="flex min-w-0 flex-wrap gap-1.5">
        <Select
          label={t('memory.type')}
          value={params.type ?? 'any'}
          options={[
            { value: 'any', label: t('filter.type.any') },
            ...memoryTypes.map((value) => ({ value, label: t(`memory.type.${value}`) })),
          ]}
          onChange={(value) => onChange({ type: value === 'any' ? undefined : value })}
        />
        <ProjectSelect value={params.project} onChange={(project) => onChange({ project })} />
        <Toggle
          icon={EyeOff}
          label={t('memory.forgotten')}
          tone="accent"
          pressed={params.forgotten === true}
          onChange={(pressed) => onChange({ forgotten: pressed ? true : undefined, open: undefined })}
        />
      </div>
    </search>
  );
}
