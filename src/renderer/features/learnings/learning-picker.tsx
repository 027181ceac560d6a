import { useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LearningView } from '../../../shared/learning-views.ts';
import { classes } from '../../lib/classes.ts';
import { nextIndex } from '../../lib/list-keyboard.ts';
import { trpc } from '../../lib/trpc.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { InlineText } from '../../ui/rich-text.tsx';
import { CategoryLabel, StateBadge } from './learning-badges.tsx';

/** As many as there are digits to choose them by. */
const shown = 9;

export interface LearningPickerProps {
  title: string;
  description: string;
  /** Offered before anything is typed. */
  likely: readonly LearningView[];
  /** Never offered. */
  without: readonly string[];
  onPick(id: string): void;
  onClose(): void;
}

/** Chooses one learning: by its number, by the arrows, or by typing words of it. */
export function LearningPicker({ title, description, likely, without, onPick, onClose }: LearningPickerProps) {
  const { t } = useTranslation();
  const listId = useId();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const asked = text.trim();
  const found = useQuery(
    trpc.learnings.list.queryOptions(
      {
        states: ['approved', 'proposed'],
        order: 'confidence',
        limit: shown + without.length,
        ...(asked && { text: asked }),
      },
      { placeholderData: (previous) => previous },
    ),
  );
  const likelyIds = new Set(likely.map(({ id }) => id));
  const others = (found.data?.data ?? []).filter(({ id }) => asked !== '' || !likelyIds.has(id));
  const offered = [...(asked === '' ? likely : []), ...others]
    .filter(({ id }) => !without.includes(id))
    .slice(0, shown);
  const chosen = Math.min(active, offered.length - 1);

  function onKeyDown(event: React.KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    const digit = text === '' && /^[1-9]$/.test(event.key) ? offered[Number(event.key) - 1] : undefined;
    const pick = event.key === 'Enter' ? offered[chosen] : digit;
    if (pick) {
      event.preventDefault();
      onPick(pick.id);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setActive(nextIndex(chosen, event.key === 'ArrowDown' ? 1 : -1, offered.length));
    }
  }

  return (
    <Dialog wide open onClose={onClose} title={title} description={description}>
      <div className="relative flex items-center">
        <Search aria-hidden size={14} className="absolute left-2.5 text-faint" />
        <input
          role="combobox"
          aria-label={t('learning.pick.search')}
          aria-expanded={offered.length > 0}
          aria-controls={listId}
          aria-activedescendant={chosen >= 0 ? `${listId}-${chosen}` : undefined}
          autoComplete="off"
          autoFocus
          value={text}
          placeholder={t('learning.pick.search')}
          onChange={({ target }) => {
            setText(target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          className="h-8 w-full rounded-md border border-line bg-panel px-8 placeholder:text-faint hover:border-line-strong focus:border-accent focus:outline-1 focus:outline-offset-0 focus:outline-accent"
        />
      </div>
      <div role="listbox" id={listId} aria-label={title} className="mt-2 flex flex-col gap-px">
        {offered.map((learning, index) => (
          <button
            key={learning.id}
            type="button"
            // The arrows choose from the field above.
            tabIndex={-1}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === chosen}
            onPointerMove={() => setActive(index)}
            onClick={() => onPick(learning.id)}
            className={classes(
              'flex items-start gap-2.5 rounded-md px-2 py-1.5 text-left',
              index === chosen && 'bg-hover',
            )}
          >
            <Kbd keys={String(index + 1)} className={text === '' ? '' : 'invisible'} />
            <span className="min-w-0 flex-1">
              <span dir="auto" className="line-clamp-2 text-left [overflow-wrap:anywhere]">
                <InlineText text={learning.statement} />
              </span>
              <CategoryLabel category={learning.category} className="text-xs text-muted" />
            </span>
            <StateBadge state={learning.state} />
          </button>
        ))}
      </div>
      {offered.length === 0 && !found.isPending && (
        <p role="status" className="py-3 text-center text-muted">
          {t('learning.pick.none')}
        </p>
      )}
    </Dialog>
  );
}
