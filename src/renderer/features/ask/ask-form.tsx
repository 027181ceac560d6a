import { ArrowUp, CircleStop } from 'lucide-react';
import { useId, useImperativeHandle, useRef, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/format.ts';
import { useStore } from '../../lib/store.ts';
import { Button } from '../../ui/button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { askDraft } from './ask-store.ts';

/** In the browser a question travels in an address, where a Chinese character takes nine letters. */
const longestQuestion = 1_000;

export interface AskFormHandle {
  focus(): void;
}

export interface AskFormProps {
  running: boolean;
  onAsk(question: string): void;
  onStop(): void;
  ref?: Ref<AskFormHandle>;
}

/** Where a question is typed; Enter asks, Escape stops. */
export function AskForm({ running, onAsk, onStop, ref }: AskFormProps) {
  const { t } = useTranslation();
  const field = useRef<HTMLTextAreaElement>(null);
  const format = useFormat();
  const note = useId();
  const text = useStore(askDraft);
  const question = text.trim();
  const isTooLong = question.length > longestQuestion;
  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus() }), []);
  function submit(): void {
    if (question === '' || isTooLong) return;
    askDraft.set('');
    onAsk(question);
  }
  return (
    <form
      className="rounded-xl border border-line bg-panel focus-within:border-accent focus-within:outline-1 focus-within:outline-accent hover:border-line-strong"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <textarea
        ref={field}
        rows={1}
        autoFocus
        aria-label={t('ask.field')}
        placeholder={t('ask.hint')}
        value={text}
        aria-invalid={isTooLong || undefined}
        aria-describedby={note}
        onChange={({ target }) => askDraft.set(target.value)}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing || event.key !== 'Enter' || event.shiftKey) return;
          event.preventDefault();
          submit();
        }}
        className="block field-sizing-content max-h-48 min-h-11 w-full resize-none bg-transparent px-3.5 pt-3 pb-1.5 text-[15px] leading-[22px] text-ink outline-none placeholder:text-faint"
      />
      <p id={note} aria-live="polite" className="px-3.5 pb-1.5 text-xs text-danger-ink empty:hidden">
        {isTooLong &&
          t('field.tooLong', { most: format.number(longestQuestion), length: format.number(question.length) })}
      </p>
      <div className="flex items-center gap-3 px-2 pb-2 pl-3.5 text-xs text-faint">
        <span className="hidden items-center gap-1.5 sm:flex">
          <Kbd keys="Enter" /> {t('ask.keys.ask')}
        </span>
        <span className="hidden items-center gap-1.5 sm:flex">
          <Kbd keys="⇧ Enter" /> {t('ask.keys.line')}
        </span>
        {running && (
          <span className="hidden items-center gap-1.5 sm:flex">
            <Kbd keys="Escape" /> {t('ask.keys.stop')}
          </span>
        )}
        <span className="ml-auto flex gap-2">
          {running && (
            <Button icon={CircleStop} onClick={onStop}>
              {t('ask.stop')}
            </Button>
          )}
          <Button look="primary" type="submit" icon={ArrowUp} disabled={question === '' || isTooLong}>
            {t('ask.ask')}
          </Button>
        </span>
      </div>
    </form>
  );
}
