import {
  CaseSensitive,
  FileCode,
  FolderGit2,
  Hash,
  History,
  ListFilter,
  Shapes,
  Wrench,
  type LucideIcon,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Suggestion } from '../../../shared/search-views.ts';
import { classes } from '../../lib/classes.ts';
import { useFormat } from '../../lib/format.ts';
import { visibleText } from '../../lib/readable.ts';
import { Kbd } from '../../ui/kbd.tsx';

const icons: Record<Suggestion['kind'], LucideIcon> = {
  term: CaseSensitive,
  file: FileCode,
  project: FolderGit2,
  tool: Wrench,
  type: Shapes,
  tag: Hash,
  operator: ListFilter,
  query: History,
};

export interface SuggestionListProps {
  id: string;
  items: readonly Suggestion[];
  /** -1 while none was chosen with the arrows. */
  chosen: number;
  onPoint(index: number): void;
  onAccept(item: Suggestion): void;
}

/** The element's id of a suggestion, for `aria-activedescendant`. */
export function optionId(listId: string, index: number): string {
  return `${listId}-${index}`;
}

/** What the text could go on with; the field above keeps the focus. */
export function SuggestionList({ id, items, chosen, onPoint, onAccept }: SuggestionListProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="absolute top-full left-0 z-20 mt-1.5 w-[min(27rem,100%)] rounded-lg bg-panel shadow-pop">
      <div id={id} role="listbox" aria-label={t('search.suggestions')} className="p-1">
        {items.map((item, index) => {
          const Icon = icons[item.kind];
          return (
            <button
              key={`${item.kind} ${item.insert}`}
              id={optionId(id, index)}
              type="button"
              role="option"
              tabIndex={-1}
              aria-selected={index === chosen}
              // The field must not lose the focus, nor its caret.
              onMouseDown={(event) => event.preventDefault()}
              onPointerMove={index === chosen ? undefined : () => onPoint(index)}
              onClick={() => onAccept(item)}
              className={classes(
                'flex h-8 w-full items-center gap-2.5 rounded-md px-2.5',
                index === chosen ? 'bg-selected' : undefined,
              )}
            >
              <Icon aria-hidden size={14} className="shrink-0 text-faint" />
              <span dir="auto" className="min-w-0 flex-1 truncate text-left">
                {visibleText(item.label)}
              </span>
              <span className="shrink-0 text-xs text-faint">{t(`search.suggestion.${item.kind}`)}</span>
              {item.count !== null && (
                <span className="tabular min-w-8 shrink-0 text-right text-xs text-faint">
                  {format.number(item.count)}
                </span>
              )}
            </button>
          );
        })}
      </div>
      <p
        aria-hidden
        className="flex items-center gap-3 border-t border-line px-3 py-1.5 text-xs text-faint max-sm:hidden"
      >
        <span className="flex items-center gap-1">
          <Kbd keys="ArrowUp" />
          <Kbd keys="ArrowDown" /> {t('search.suggestions.choose')}
        </span>
        <span className="flex items-center gap-1">
          <Kbd keys="Tab" /> {t('search.suggestions.accept')}
        </span>
        <span className="flex items-center gap-1">
          <Kbd keys="Escape" /> {t('search.suggestions.close')}
        </span>
      </p>
    </div>
  );
}
