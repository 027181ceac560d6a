import { useMemo, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { CostRow } from '../../../shared/cost-views.ts';
import { classes } from '../../lib/classes.ts';
import { useFormat } from '../../lib/format.ts';
import { useNow } from '../../lib/now.ts';
import { dayBounds } from '../../lib/period.ts';
import { chartDays, chartLargest, chartScale } from './chart-scale.ts';

const height = 132;
/** Room for half a line of text above the highest line. */
const above = 8;
const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1 };

export interface DayChartProps {
  rows: readonly CostRow[];
  /** The cap for a day; null when there is none. */
  cap: number | null;
  count: number;
}

/** What each day cost. One stop for Tab; the arrow keys, or the pointer, choose the day that is told in words. */
export function DayChart({ rows, cap, count }: DayChartProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const [chosen, setChosen] = useState<number | null>(null);
  const days = useMemo(() => chartDays(rows, now, count), [rows, now, count]);
  const largest = chartLargest(days, cap);
  const { top, ticks } = useMemo(() => chartScale(largest), [largest]);
  const index = Math.min(chosen ?? days.length - 1, days.length - 1);
  const day = days[index];
  if (!day) return null;

  const y = (amount: number): number => above + height * (1 - amount / top);
  const width = 100 / days.length;
  const name = (key: string): string => format.day(dayBounds(key).since, now);
  const told = t('costs.days.value', {
    day: name(day.day),
    cost: format.money(day.row?.cost_usd ?? 0),
    calls: t('costs.calls', { count: day.row?.calls ?? 0, number: format.number(day.row?.calls ?? 0) }),
  });
  function onKeyDown(event: KeyboardEvent): void {
    const to = { Home: 0, End: days.length - 1 }[event.key] ?? index + (steps[event.key] ?? Number.NaN);
    if (Number.isNaN(to)) return;
    event.preventDefault();
    event.stopPropagation();
    setChosen(Math.max(0, Math.min(days.length - 1, to)));
  }
  return (
    <div>
      <div className="flex gap-2">
        <div
          aria-hidden
          className="tabular relative w-12 shrink-0 text-right text-[11px] leading-none text-faint"
          style={{ height: height + above }}
        >
          {ticks.map((tick) => (
            <span key={tick} className="absolute right-0 -translate-y-1/2" style={{ top: y(tick) }}>
              {format.money(tick)}
            </span>
          ))}
        </div>
        <div
          role="slider"
          tabIndex={0}
          aria-label={t('costs.days')}
          aria-valuemin={0}
          aria-valuemax={days.length - 1}
          aria-valuenow={index}
          aria-valuetext={told}
          onKeyDown={onKeyDown}
          onPointerMove={({ clientX, currentTarget }) => {
            const box = currentTarget.getBoundingClientRect();
            setChosen(Math.max(0, Math.floor(((clientX - box.left) / box.width) * days.length)));
          }}
          onPointerLeave={() => setChosen(null)}
          className="min-w-0 flex-1 rounded"
        >
          <svg aria-hidden width="100%" height={height + above} className="block">
            {ticks.map((tick) => (
              <line
                key={tick}
                x1="0"
                x2="100%"
                y1={y(tick)}
                y2={y(tick)}
                stroke="var(--line)"
                shapeRendering="crispEdges"
              />
            ))}
            {days.map(({ day: key, row }, place) => {
              const amount = row?.cost_usd ?? 0;
              // What cost anything is seen.
              const bar = amount === 0 ? 0 : Math.max(2, (height * Math.min(amount, top)) / top);
              return (
                <g key={key}>
                  {place === index && (
                    <rect
                      x={`${place * width}%`}
                      y={0}
                      width={`${width}%`}
                      height={height + above}
                      fill="var(--hover)"
                    />
                  )}
                  <rect
                    x={`${(place + 0.14) * width}%`}
                    y={above + height - bar}
                    width={`${width * 0.72}%`}
                    height={bar}
                    rx={1.5}
                    fill={cap !== null && amount >= cap ? 'var(--danger)' : 'var(--accent)'}
                    opacity={place === index ? 1 : 0.75}
                  />
                </g>
              );
            })}
            {cap !== null && cap <= top && (
              <line x1="0" x2="100%" y1={y(cap)} y2={y(cap)} stroke="var(--danger)" strokeDasharray="4 4" />
            )}
          </svg>
        </div>
      </div>
      <p className="tabular mt-1.5 flex justify-between gap-3 pl-14 text-[11px] text-faint">
        <span className="shrink-0">{name(days[0]?.day ?? day.day)}</span>
        <span className={classes('truncate', chosen !== null && 'font-medium text-ink')}>{told}</span>
        <span className="shrink-0">{name(days.at(-1)?.day ?? day.day)}</span>
      </p>
    </div>
  );
}
