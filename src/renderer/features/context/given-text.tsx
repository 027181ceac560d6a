import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContextLine } from '../../../shared/context-views.ts';
import { classes } from '../../lib/classes.ts';
import { useFormat } from '../../lib/format.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { LineReasons } from './line-reasons.tsx';
import { lineSegments } from './line-segments.ts';

export interface GivenTextProps {
  title: string;
  text: string;
  lines: readonly ContextLine[];
  tokens: number;
  budget: number;
  characters: number;
  leftOut: number;
}

/** A text that an agent gets, byte for byte, beside what each line is for. */
export function GivenText({ title, text, lines, tokens, budget, characters, leftOut }: GivenTextProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [pointed, setPointed] = useState<number | null>(null);
  const segments = useMemo(() => lineSegments(text, lines), [text, lines]);
  return (
    <div className="@container">
      <div className="grid gap-x-4 gap-y-3 @2xl:grid-cols-[minmax(0,1fr)_252px] @2xl:grid-rows-[auto_1fr] @5xl:grid-cols-[minmax(0,1fr)_340px]">
        <div className="@2xl:col-start-2">
          <p className="tabular mb-1.5 flex items-baseline justify-between gap-2">
            <span className="font-medium">
              {t('context.tokens', { tokens: format.number(tokens), budget: format.number(budget) })}
            </span>
            {leftOut > 0 && <span className="text-xs text-faint">{t('context.leftOut', { count: leftOut })}</span>}
          </p>
          <ProgressBar
            kind="meter"
            label={t('context.budget')}
            value={tokens}
            max={budget}
            tone={tokens > budget ? 'danger' : 'accent'}
          />
        </div>
        <section
          aria-label={title}
          className="min-w-0 self-start rounded-xl border border-line bg-sunken @2xl:col-start-1 @2xl:row-span-2 @2xl:row-start-1"
        >
          <header className="flex h-9 items-center gap-2 border-b border-line pr-1.5 pl-3.5">
            <h2 className="min-w-0 flex-1 truncate text-xs text-muted">{title}</h2>
            <span className="tabular text-xs text-faint">
              {t('context.characters', { number: format.number(characters) })}
            </span>
            <CopyButton text={text} />
          </header>
          {/* Scrolls sideways nowhere: long lines break, as in a terminal. */}
          <pre
            dir="ltr"
            data-testid="given-text"
            className="px-3.5 py-3 font-mono text-xs leading-5 [overflow-wrap:anywhere] whitespace-pre-wrap select-text"
          >
            {segments.map(({ text: part, start, line }) => (
              <span
                key={start}
                onPointerEnter={line === null ? undefined : () => setPointed(line)}
                onPointerLeave={line === null ? undefined : () => setPointed(null)}
                className={classes(
                  'rounded-[3px]',
                  line === null ? 'text-faint' : 'text-ink',
                  line !== null && line === pointed && 'bg-accent-soft',
                )}
              >
                {part}
              </span>
            ))}
          </pre>
        </section>
        <LineReasons lines={lines} pointed={pointed} onPoint={setPointed} />
      </div>
    </div>
  );
}
