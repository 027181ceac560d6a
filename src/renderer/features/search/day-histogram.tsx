import { useMemo, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { FacetValue } from '../../../shared/search-views.ts';
import { classes } from '../../lib/classes.ts';
import { useFormat } from '../../lib/format.ts';
import { useNow } from '../../lib/now.ts';
import { dayBounds } from '../../lib/period.ts';
import { dayBars } from './facet-days.ts';

export interface DayHistogramProps {
  days: readonly FacetValue[];
  chosen: string | undefined;
  onChoose(day: string | undefined): void;
}

/** How the hits lie in time; a bar is a day to search in. One stop for Tab, the arrows go from bar to bar. */
export function DayHistogram({ days, chosen, onChoose }: DayHistogramProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const group = useRef<HTMLDivElement>(null);
  const bars = useMemo(() => dayBars(days), [days]);
  const name = (day: string): string => format.day(dayBounds(day).since, now);
  const stop = bars.findLastIndex(({ day }) => chosen === undefined || day === chosen);
  const first = bars[0];
  const last = bars.at(-1);
  if (!first || !last) return null;

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const buttons = [...(group.current?.querySelectorAll<HTMLButtonElement>('button:enabled') ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    if (step === undefined || at < 0) return;
    event.preventDefault();
    buttons[at + step]?.focus();
  }
  return (
    <div>
      <div
        ref={group}
        role="toolbar"
        tabIndex={-1}
        aria-label={t('search.facet.days')}
        onKeyDown={onKeyDown}
        className="flex h-12 items-end gap-px"
      >
        {bars.map(({ day, count, height }, index) => (
          <button
            key={day}
            type="button"
            tabIndex={index === stop ? 0 : -1}
            aria-pressed={day === chosen}
            disabled={count === 0}
            title={`${name(day)} · ${format.number(count)}`}
            aria-label={`${name(day)}: ${format.number(count)}`}
            onClick={() => onChoose(day === chosen ? undefined : day)}
            className="group flex h-full max-w-4 min-w-[3px] flex-1 items-end"
          >
            <span
              className={classes(
                'block w-full rounded-t-[2px] transition-colors',
                day === chosen ? 'bg-accent' : 'bg-line-strong group-enabled:group-hover:bg-accent',
              )}
              style={{ height: count === 0 ? 1 : `${Math.max(8, height * 100)}%` }}
            />
          </button>
        ))}
      </div>
      <p className="tabular mt-1 flex justify-between gap-2 text-[11px] text-faint">
        <span className="truncate">{name(first.day)}</span>
        {last !== first && <span className="truncate">{name(last.day)}</span>}
      </p>
    </div>
  );
}
