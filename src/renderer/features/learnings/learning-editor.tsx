import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { learningCategories, type LearningCategory } from '../../../shared/learning-views.ts';
import { focusAgain } from '../../lib/keep-focus.ts';
import { useDraft, type Drafts } from '../../lib/drafts.ts';
import { useShortcuts } from '../../lib/keyboard.ts';
import { tagText, typedTags } from '../../lib/tag-text.ts';
import { Button } from '../../ui/button.tsx';
import { Form, type FormHandle } from '../../ui/form.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Select } from '../../ui/select.tsx';
import { TextArea } from '../../ui/text-area.tsx';
import { useWordFaults } from './learning-words.ts';

export interface LearningDraft {
  category: LearningCategory;
  statement: string;
  detail: string | null;
  tags: string[];
}

interface TypedWords {
  category: LearningCategory;
  statement: string;
  detail: string;
  tags: string;
}

/** Words that were typed and are not kept yet, by the learning's id. */
export const editedWords: Drafts<TypedWords> = new Map();

export interface LearningEditorProps {
  learning: LearningDraft & { id: string };
  onSave(draft: LearningDraft): void;
  onClose(): void;
}

/** Changes the words in place: ⌘/Ctrl+Enter keeps them, Escape closes and finds them again, Cancel throws them away. */
export function LearningEditor({ learning, onSave, onClose }: LearningEditorProps) {
  const { t } = useTranslation();
  const first = useRef<HTMLTextAreaElement>(null);
  const handle = useRef<FormHandle>(null);
  const { value, change, forget } = useDraft(editedWords, learning.id, () => ({
    category: learning.category,
    statement: learning.statement,
    detail: learning.detail ?? '',
    tags: tagText(learning.tags),
  }));
  const { category, statement, detail, tags } = value;
  const faults = useWordFaults()(value);
  useEffect(() => {
    const before = document.activeElement;
    const field = first.current;
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
    return () => focusAgain(before);
  }, []);
  function save(): void {
    onSave({
      category,
      statement: statement.trim(),
      detail: detail.trim() === '' ? null : detail.trim(),
      tags: typedTags(tags, learning.tags),
    });
  }
  useShortcuts([
    { keys: 'Mod+enter', run: () => handle.current?.attempt(save), whileTyping: true },
    { keys: 'Escape', run: onClose, whileTyping: true },
  ]);
  return (
    <Form
      ref={handle}
      label={t('learning.edit')}
      isValid={Object.keys(faults).length === 0}
      onSubmit={save}
      className="flex flex-col gap-3"
    >
      <TextArea
        ref={first}
        label={t('learning.statement')}
        value={statement}
        error={faults.statement}
        onChange={(text) => change({ statement: text })}
        rows={3}
        large
      />
      <TextArea
        label={t('learning.detail')}
        value={detail}
        error={faults.detail}
        onChange={(text) => change({ detail: text })}
        rows={3}
      />
      <FormField
        label={t('learning.tags')}
        value={tags}
        onChange={(text) => change({ tags: text })}
        placeholder={t('learning.tags.hint')}
      />
      <div className="flex flex-wrap items-center gap-2">
        <Select
          label={t('learning.category')}
          value={category}
          shown={t(`learning.category.${category}`)}
          options={learningCategories.map((each) => ({ value: each, label: t(`learning.category.${each}`) }))}
          onChange={(next) => change({ category: next })}
        />
        <span className="ml-auto flex gap-2">
          <Button
            onClick={() => {
              forget();
              onClose();
            }}
          >
            {t('action.cancel')}
          </Button>
          <Button look="primary" type="submit">
            {t('action.save')}{' '}
            <Kbd keys="Mod+Enter" className="max-sm:hidden [&_kbd]:border-current/40 [&_kbd]:text-on-accent" />
          </Button>
        </span>
      </div>
    </Form>
  );
}
