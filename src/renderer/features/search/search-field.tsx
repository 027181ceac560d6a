import { Search, X } from 'lucide-react';
import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Suggestion } from '../../../shared/search-views.ts';
import { withSuggestion } from './query-text.ts';
import { optionId, SuggestionList } from './suggestion-list.tsx';
import { useSuggestions, type Typed } from './use-suggestions.ts';

export interface SearchFieldProps {
  label: string;
  value: string;
  onChange(value: string): void;
  ref: RefObject<HTMLInputElement | null>;
}

/**
 * The text of the search with what it could go on with. Enter belongs to the first hit until an arrow chose a suggestion;
 * Tab takes the chosen one or the first. Escape closes the suggestions first, empties the field second, leaves it third.
 */
export function SearchField({ label, value, onChange, ref }: SearchFieldProps) {
  const { t } = useTranslation();
  const listId = useId();
  /** Null while nothing is suggested: before the first key, after Escape, once one was taken. */
  const [typed, setTyped] = useState<Typed | null>(null);
  const [chosen, setChosen] = useState(-1);
  const { items, isCurrent } = useSuggestions(typed);
  const isOpen = items.length > 0;
  const caret = useRef<number | null>(null);

  useLayoutEffect(() => {
    if (caret.current === null) return;
    ref.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });

  function suggestFor(next: Typed | null): void {
    setTyped(next);
    setChosen(-1);
  }
  function accept(item: Suggestion | undefined): void {
    if (!item || !isCurrent) return;
    const next = withSuggestion(value, item);
    caret.current = next.caret;
    onChange(next.text);
    // An operator wants its value next; everything else is complete.
    suggestFor(item.kind === 'operator' && item.insert.endsWith(':') ? next : null);
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.nativeEvent.isComposing) return;
    const act = actions[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (act()) event.preventDefault();
  }
  /** What the keys do here; true when nobody else may have them. */
  const actions: Record<string, () => boolean> = {
    ArrowDown() {
      if (isOpen) setChosen(Math.min(items.length - 1, chosen + 1));
      else if (value === '') suggestFor({ text: '', caret: 0 });
      return isOpen || value === '';
    },
    ArrowUp() {
      if (isOpen) setChosen(Math.max(-1, chosen - 1));
      return isOpen;
    },
    Tab() {
      if (isOpen) accept(items[Math.max(0, chosen)]);
      return isOpen;
    },
    Enter() {
      const takes = isOpen && chosen >= 0;
      if (takes) accept(items[chosen]);
      else suggestFor(null);
      return takes;
    },
    Escape() {
      // Also what is still on its way: it must not open over an emptied field.
      suggestFor(null);
      if (!isOpen && value === '') ref.current?.blur();
      else if (!isOpen) onChange('');
      return true;
    },
  };

  return (
    <div className="relative flex min-w-0 items-center">
      <Search aria-hidden size={17} className="absolute left-3.5 text-faint" />
      <input
        ref={ref}
        type="text"
        role="combobox"
        aria-label={label}
        aria-expanded={isOpen}
        aria-controls={isOpen ? listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && chosen >= 0 ? optionId(listId, chosen) : undefined}
        value={value}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        autoFocus
        onChange={({ target }) => {
          onChange(target.value);
          const text = target.value;
          suggestFor(text.trim() === '' ? null : { text, caret: target.selectionStart ?? text.length });
        }}
        onKeyDown={onKeyDown}
        onBlur={() => suggestFor(null)}
        className="h-11 w-full min-w-0 rounded-lg border border-line bg-panel px-10 text-[15px] text-ink transition-colors placeholder:text-faint hover:border-line-strong focus:border-accent focus:outline-1 focus:outline-offset-0 focus:outline-accent"
      />
      {value !== '' && (
        <button
          type="button"
          aria-label={t('action.clear')}
          onClick={() => {
            onChange('');
            suggestFor(null);
            ref.current?.focus();
          }}
          className="absolute right-3 flex size-5 items-center justify-center rounded text-faint hover:bg-hover hover:text-ink"
        >
          <X aria-hidden size={13} />
        </button>
      )}
      {isOpen && <SuggestionList id={listId} items={items} chosen={chosen} onPoint={setChosen} onAccept={accept} />}
    </div>
  );
}
