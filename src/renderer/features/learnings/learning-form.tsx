import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { learningCategories, type LearningCategory } from '../../../shared/learning-views.ts';
import { useDraft, type Drafts } from '../../lib/drafts.ts';
import { typedTags } from '../../lib/tag-text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Form, type FormHandle } from '../../ui/form.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { Select } from '../../ui/select.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { createLearning } from './learning-acts.ts';
import { useWordFaults } from './learning-words.ts';
import type { ScopeChange } from './next-scope.ts';
import { isScopeComplete, ScopeFields, settledScope } from './scope-editor.tsx';

interface NewLearning {
  category: LearningCategory;
  statement: string;
  detail: string;
  tags: string;
  scope: ScopeChange;
}

const drafts: Drafts<NewLearning> = new Map();

export interface LearningFormProps {
  /** The project that is being looked at. */
  project: string | undefined;
  onCreated(id: string): void;
  onClose(): void;
}

/** A person's own learning; it is believed at once. Closed by Escape, it is there again the next time; Cancel throws it away. */
export function LearningForm({ project, onCreated, onClose }: LearningFormProps) {
  const { t } = useTranslation();
  const { value, change, forget } = useDraft<NewLearning>(drafts, 'new', () => ({
    category: 'best_practice',
    statement: '',
    detail: '',
    tags: '',
    scope: { scope: project === undefined ? 'global' : 'project', project_id: project ?? null, path: null },
  }));
  const { category, statement, detail, tags, scope } = value;
  const handle = useRef<FormHandle>(null);
  const [busy, setBusy] = useState(false);
  const faults = useWordFaults()(value);
  const isValid = Object.keys(faults).length === 0 && isScopeComplete(scope);
  async function create(): Promise<void> {
    if (busy) return;
    setBusy(true);
    const id = await createLearning({
      category,
      statement: statement.trim(),
      ...(detail.trim() !== '' && { detail: detail.trim() }),
      tags: typedTags(tags),
      ...settledScope(scope),
    });
    setBusy(false);
    if (id === null) return;
    forget();
    onCreated(id);
  }
  const send = (): void => handle.current?.attempt(() => void create());
  return (
    <Dialog wide open onClose={onClose} title={t('learning.new')} description={t('learning.new.text')}>
      <Form ref={handle} isValid={isValid} onSubmit={() => void create()} className="flex flex-col gap-3">
        <TextArea
          onSubmit={send}
          label={t('learning.statement')}
          hint={t('learning.statement.hint')}
          value={statement}
          error={faults.statement}
          onChange={(text) => change({ statement: text })}
          rows={2}
          large
        />
        <TextArea
          onSubmit={send}
          label={t('learning.detail')}
          value={detail}
          error={faults.detail}
          onChange={(text) => change({ detail: text })}
          rows={2}
        />
        <FormField
          label={t('learning.tags')}
          value={tags}
          onChange={(text) => change({ tags: text })}
          placeholder={t('learning.tags.hint')}
        />
        <div className="flex flex-wrap items-end gap-2">
          <Select
            label={t('learning.category')}
            value={category}
            shown={t(`learning.category.${category}`)}
            options={learningCategories.map((each) => ({ value: each, label: t(`learning.category.${each}`) }))}
            onChange={(next) => change({ category: next })}
          />
          <ScopeFields value={scope} onChange={(next) => change({ scope: next })} />
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
            {t('learning.new.create')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
