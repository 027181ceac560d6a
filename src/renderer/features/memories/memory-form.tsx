import { useQuery } from '@tanstack/react-query';
import { FolderGit2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { memoryTypes, type MemoryType, type MemoryView } from '../../../shared/note-views.ts';
import { boundedNumber, type Bounds } from '../../lib/bounded-number.ts';
import { useDraft, type Drafts } from '../../lib/drafts.ts';
import { useFormat } from '../../lib/format.ts';
import { tagText, typedTags } from '../../lib/tag-text.ts';
import { trpc } from '../../lib/trpc.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Form, type FormHandle } from '../../ui/form.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { remember, revise } from './memory-acts.ts';

const secondsPerHour = 3_600;
const defaultHours = '24';
const hourBounds: Bounds = { from: 0.1, to: 8_760 };
/** As the contract bounds it, in characters. */
const longestText = 20_000;

interface TypedMemory {
  text: string;
  type: MemoryType;
  tags: string;
  project: string;
  hours: string;
}

/** By the memory's id, or `new`. */
const drafts: Drafts<TypedMemory> = new Map();

export interface MemoryFormProps {
  /** The one that gets a new version; a new memory when left out. */
  memory?: MemoryView;
  project: string | undefined;
  onDone(id: string): void;
  onClose(): void;
}

/** Something to remember, or a new version of it. Closed by Escape, it is there again the next time; Cancel throws it away. */
export function MemoryForm({ memory, project: first, onDone, onClose }: MemoryFormProps) {
  const { t } = useTranslation();
  const projects = useQuery(trpc.projects.list.queryOptions());
  const format = useFormat();
  const { value, change, forget } = useDraft<TypedMemory>(drafts, memory?.id ?? 'new', () => ({
    text: memory?.text ?? '',
    type: memory?.type ?? 'semantic',
    tags: tagText(memory?.tags ?? []),
    project: memory?.project?.id ?? first ?? 'any',
    hours: defaultHours,
  }));
  const { text, type, tags, project, hours } = value;
  const handle = useRef<FormHandle>(null);
  const [busy, setBusy] = useState(false);
  const { length } = text.trim();
  const textError =
    length === 0
      ? t('field.needed')
      : length > longestText
        ? t('field.tooLong', { most: format.number(longestText), length: format.number(length) })
        : undefined;
  const lasts = boundedNumber(hours, hourBounds);
  const hoursError =
    type === 'working' && (lasts === null || Number.isNaN(lasts))
      ? t('field.number', { from: format.number(hourBounds.from), to: format.number(hourBounds.to) })
      : undefined;

  async function save(): Promise<void> {
    if (busy) return;
    setBusy(true);
    const seconds = Math.round((lasts ?? 0) * secondsPerHour);
    const fields = {
      text: text.trim(),
      tags: typedTags(tags, memory?.tags),
      ...(project !== 'any' && { project_id: project }),
      ...(type === 'working' && { ttl_seconds: seconds }),
    };
    const kept = memory ? await revise(memory.id, fields) : await remember({ ...fields, type });
    setBusy(false);
    if (!kept) return;
    forget();
    onDone(kept.id);
  }
  return (
    <Dialog
      wide
      open
      onClose={onClose}
      title={t(memory ? 'memory.revise.title' : 'memory.new')}
      description={t(memory ? 'memory.revise.text' : 'memory.new.text')}
    >
      <Form
        ref={handle}
        isValid={textError === undefined && hoursError === undefined}
        onSubmit={() => void save()}
        className="flex flex-col gap-3"
      >
        <TextArea
          onSubmit={() => handle.current?.attempt(() => void save())}
          large
          label={t('memory.text')}
          hint={t('memory.text.hint')}
          value={text}
          error={textError}
          onChange={(next) => change({ text: next })}
          rows={3}
        />
        <div className="flex flex-wrap items-end gap-2">
          {!memory && (
            <Select
              label={t('memory.type')}
              value={type}
              shown={t(`memory.type.${type}`)}
              options={memoryTypes.map((each) => ({ value: each, label: t(`memory.type.${each}`) }))}
              onChange={(next) => change({ type: next })}
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
            onChange={(next) => change({ project: next })}
            className="max-w-52"
          />
        </div>
        <p className="-mt-1 text-xs text-muted">{t(`memory.type.${type}.text`)}</p>
        <div className="flex flex-wrap gap-2">
          <FormField
            label={t('memory.tags')}
            value={tags}
            onChange={(next) => change({ tags: next })}
            placeholder={t('memory.tags.hint')}
            className="basis-52 grow"
          />
          {type === 'working' && (
            <FormField
              label={t('memory.hours')}
              inputMode="decimal"
              value={hours}
              error={hoursError}
              onChange={(next) => change({ hours: next })}
              className="w-36"
            />
          )}
        </div>
        <div className="mt-1 flex justify-end gap-2">
          <Button
            onClick={() => {
              forget();
              onClose();
            }}
          >
            {t('action.cancel')}
          </Button>
          <Button look="primary" type="submit" busy={busy}>
            {t(memory ? 'action.save' : 'memory.do.remember')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
