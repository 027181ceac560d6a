import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { learningCategories, type LearningCategory } from '../../../shared/learning-views.ts';
import { typedTags } from '../../lib/tag-text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { createLearning } from './learning-acts.ts';
import type { ScopeChange } from './next-scope.ts';
import { isScopeComplete, ScopeFields, settledScope } from './scope-editor.tsx';

const shortestStatement = 3;

export interface LearningFormProps {
  /** The project that is being looked at. */
  project: string | undefined;
  onCreated(id: string): void;
  onClose(): void;
}

/** A person's own learning; it is believed at once. */
export function LearningForm({ project, onCreated, onClose }: LearningFormProps) {
  const { t } = useTranslation();
  const [category, setCategory] = useState<LearningCategory>('best_practice');
  const [statement, setStatement] = useState('');
  const [detail, setDetail] = useState('');
  const [tags, setTags] = useState('');
  const [busy, setBusy] = useState(false);
  const [scope, setScope] = useState<ScopeChange>({
    scope: project === undefined ? 'global' : 'project',
    project_id: project ?? null,
    path: null,
  });
  const isComplete = statement.trim().length >= shortestStatement && isScopeComplete(scope);
  async function create(): Promise<void> {
    if (!isComplete || busy) return;
    setBusy(true);
    const id = await createLearning({
      category,
      statement: statement.trim(),
      ...(detail.trim() !== '' && { detail: detail.trim() }),
      tags: typedTags(tags),
      ...settledScope(scope),
    });
    setBusy(false);
    if (id !== null) onCreated(id);
  }
  return (
    <Dialog wide open onClose={onClose} title={t('learning.new')} description={t('learning.new.text')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
        className="flex flex-col gap-3"
      >
        <TextArea
          onSubmit={() => void create()}
          label={t('learning.statement')}
          hint={t('learning.statement.hint')}
          value={statement}
          onChange={setStatement}
          rows={2}
          large
        />
        <TextArea
          onSubmit={() => void create()}
          label={t('learning.detail')}
          value={detail}
          onChange={setDetail}
          rows={2}
        />
        <FormField label={t('learning.tags')} value={tags} onChange={setTags} placeholder={t('learning.tags.hint')} />
        <div className="flex flex-wrap items-end gap-2">
          <Select
            label={t('learning.category')}
            value={category}
            shown={t(`learning.category.${category}`)}
            options={learningCategories.map((value) => ({ value, label: t(`learning.category.${value}`) }))}
            onChange={(value) => setCategory(value)}
          />
          <ScopeFields value={scope} onChange={setScope} />
        </div>
        <div className="mt-1 flex justify-end gap-2">
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" type="submit" disabled={!isComplete} busy={busy}>
            {t('learning.new.create')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
