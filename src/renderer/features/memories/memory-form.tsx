import { useQuery } from '@tanstack/react-query';
import { FolderGit2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { memoryTypes, type MemoryType, type MemoryView } from '../../../shared/note-views.ts';
import { tagText, typedTags } from '../../lib/tag-text.ts';
import { trpc } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { remember, revise } from './memory-acts.ts';

const secondsPerHour = 3_600;
const defaultHours = '24';

export interface MemoryFormProps {
  /** The one that gets a new version; a new memory when left out. */
  memory?: MemoryView;
  project: string | undefined;
  onDone(id: string): void;
  onClose(): void;
}

/** Something to remember, or a new version of it. */
export function MemoryForm({ memory, project: first, onDone, onClose }: MemoryFormProps) {
  const { t } = useTranslation();
  const projects = useQuery(trpc.projects.list.queryOptions());
  const [text, setText] = useState(memory?.text ?? '');
  const [type, setType] = useState<MemoryType>(memory?.type ?? 'semantic');
  const [tags, setTags] = useState(tagText(memory?.tags ?? []));
  const [project, setProject] = useState(memory?.project?.id ?? first ?? 'any');
  const [hours, setHours] = useState(defaultHours);
  const [busy, setBusy] = useState(false);
  const isComplete = text.trim() !== '';

  async function save(): Promise<void> {
    if (!isComplete || busy) return;
    setBusy(true);
    const seconds = Math.round(Number(hours) * secondsPerHour);
    const fields = {
      text: text.trim(),
      tags: typedTags(tags, memory?.tags),
      ...(project !== 'any' && { project_id: project }),
      ...(type === 'working' && seconds >= 1 && { ttl_seconds: seconds }),
    };
    const kept = memory ? await revise(memory.id, fields) : await remember({ ...fields, type });
    setBusy(false);
    if (kept) onDone(kept.id);
  }
  return (
    <Dialog
      wide
      open
      onClose={onClose}
      title={t(memory ? 'memory.revise.title' : 'memory.new')}
      description={t(memory ? 'memory.revise.text' : 'memory.new.text')}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
        className="flex flex-col gap-3"
      >
        <TextArea
          onSubmit={() => void save()}
          large
          label={t('memory.text')}
          hint={t('memory.text.hint')}
          value={text}
          onChange={setText}
          rows={3}
        />
        <div className="flex flex-wrap items-end gap-2">
          {!memory && (
            <Select
              label={t('memory.type')}
              value={type}
              shown={t(`memory.type.${type}`)}
              options={memoryTypes.map((value) => ({ value, label: t(`memory.type.${value}`) }))}
              onChange={(value) => setType(value)}
            />
          )}
          <Select
            icon={FolderGit2}
            label={t('filter.project')}
            value={project}
            shown={projects.data?.find(({ id }) => id === project)?.name ?? t('learning.scope.global')}
            options={[
              { value: 'any', label: t('learning.scope.global') },
              ...(projects.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={setProject}
            className="max-w-52"
          />
        </div>
        <p className="-mt-1 text-xs text-muted">{t(`memory.type.${type}.text`)}</p>
        <div className="flex flex-wrap gap-2">
          <FormField
            label={t('memory.tags')}
            value={tags}
            onChange={setTags}
            placeholder={t('memory.tags.hint')}
            className="basis-52 grow"
          />
          {type === 'working' && (
            <FormField
              label={t('memory.hours')}
              type="number"
              min={0.1}
              step="any"
              value={hours}
              onChange={setHours}
              className="w-36"
            />
          )}
        </div>
        <div className="mt-1 flex justify-end gap-2">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" type="submit" disabled={!isComplete} busy={busy}>
            {t(memory ? 'action.save' : 'memory.do.remember')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
