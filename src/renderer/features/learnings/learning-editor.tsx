import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { learningCategories, type LearningCategory } from '../../../shared/learning-views.ts';
import { useShortcuts } from '../../lib/keyboard.ts';
import { tagText, typedTags } from '../../lib/tag-text.ts';
import { Button } from '../../ui/button.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Select } from '../../ui/select.tsx';
import { TextArea } from '../../ui/text-area.tsx';

export interface LearningDraft {
  category: LearningCategory;
  statement: string;
  detail: string | null;
  tags: string[];
}

export interface LearningEditorProps {
  /** The learning, or a draft of it that was refused. */
  from: LearningDraft;
  onSave(draft: LearningDraft): void;
  onCancel(): void;
}

const shortestStatement = 3;

/** Changes the words in place: ⌘/Ctrl+Enter keeps them, Escape leaves everything as it was. */
export function LearningEditor({ from, onSave, onCancel }: LearningEditorProps) {
  const { t } = useTranslation();
  const first = useRef<HTMLTextAreaElement>(null);
  const [category, setCategory] = useState(from.category);
  const [statement, setStatement] = useState(from.statement);
  const [detail, setDetail] = useState(from.detail ?? '');
  const [tags, setTags] = useState(tagText(from.tags));
  const isComplete = statement.trim().length >= shortestStatement;
  useEffect(() => {
    const field = first.current;
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }, []);
  function save(): void {
    if (!isComplete) return;
    onSave({
      category,
      statement: statement.trim(),
      detail: detail.trim() === '' ? null : detail.trim(),
      tags: typedTags(tags, from.tags),
    });
  }
  useShortcuts([
    { keys: 'Mod+enter', run: save, whileTyping: true },
    { keys: 'Escape', run: onCancel, whileTyping: true },
  ]);
  return (
    <form
      aria-label={t('learning.edit')}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      className="flex flex-col gap-3"
    >
      <TextArea ref={first} label={t('learning.statement')} value={statement} onChange={setStatement} rows={3} large />
      <TextArea label={t('learning.detail')} value={detail} onChange={setDetail} rows={3} />
      <FormField label={t('learning.tags')} value={tags} onChange={setTags} placeholder={t('learning.tags.hint')} />
      <div className="flex flex-wrap items-center gap-2">
        <Select
          label={t('learning.category')}
          value={category}
          shown={t(`learning.category.${category}`)}
          options={learningCategories.map((value) => ({ value, label: t(`learning.category.${value}`) }))}
          onChange={(value) => setCategory(value)}
        />
        <span className="ml-auto flex gap-2">
          <Button onClick={onCancel}>
            {t('action.cancel')} <Kbd keys="Escape" className="max-sm:hidden" />
          </Button>
          <Button look="primary" type="submit" disabled={!isComplete}>
            {t('action.save')}{' '}
            <Kbd keys="Mod+Enter" className="max-sm:hidden [&_kbd]:border-current/40 [&_kbd]:text-on-accent" />
          </Button>
        </span>
      </div>
    </form>
  );
}
