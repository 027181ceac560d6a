import { useId, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '../lib/classes.ts';
import { useFormat } from '../lib/format.ts';
import { visibleText } from '../lib/readable.ts';
import { CopyButton } from './copy-button.tsx';

export interface CodeLineView {
  text: string;
  /** Shown in the margin. */
  number?: number;
  tone?: 'added' | 'removed' | 'prompt';
  /** Stands for what was left out here. */
  elided?: { count: number; what: 'characters' | 'items' };
}

export interface CodeBlockProps {
  title: ReactNode;
  lines: readonly CodeLineView[];
  /** What the copy button gives; the lines joined when absent. */
  copy?: string;
  tone?: 'neutral' | 'danger';
}

/** Longer texts are drawn in part until asked for: ten thousand lines of a build log must not freeze the timeline. */
const shownLines = 300;

const lineTones = {
  added: 'bg-success-soft text-success-ink',
  removed: 'bg-danger-soft text-danger-ink',
  prompt: 'font-medium text-ink',
};

const signs = { added: '+', removed: '−', prompt: '$' };

/** Code, output or a difference, with a heading and a copy button; scrolls by itself. */
export function CodeBlock({ title, lines, copy, tone = 'neutral' }: CodeBlockProps) {
  const { t } = useTranslation();
  const id = useId();
  const [whole, setWhole] = useState(false);
  const text = useMemo(() => copy ?? lines.map((line) => line.text).join('\n'), [copy, lines]);
  const shown = whole ? lines : lines.slice(0, shownLines);
  const numbered = lines.some((line) => line.number !== undefined);
  const signed = lines.some((line) => line.tone !== undefined);
  return (
    <section
      aria-labelledby={id}
      className={classes(
        'overflow-hidden rounded-md border bg-sunken',
        tone === 'danger' ? 'border-danger/40' : 'border-line',
      )}
    >
      <header className="flex h-7 items-center gap-2 border-b border-line pr-0.5 pl-2.5">
        <span
          id={id}
          className={classes('min-w-0 flex-1 truncate text-xs', tone === 'danger' ? 'text-danger-ink' : 'text-faint')}
        >
          {typeof title === 'string' ? visibleText(title) : title}
        </span>
        <CopyButton text={text} />
      </header>
      {/* Scrolls, so it must be reachable by keyboard. */}
      <div tabIndex={0} role="group" aria-labelledby={id} className="max-h-80 overflow-auto py-1.5">
        <div dir="ltr" className="min-w-fit font-mono text-xs leading-[18px] select-text">
          {shown.map((line, index) =>
            line.elided ? (
              <ElidedLine key={index} elided={line.elided} />
            ) : (
              <div
                // Lines have no identity beyond their place.
                key={index}
                className={classes('flex px-2.5', line.tone && lineTones[line.tone])}
              >
                {numbered && (
                  <span aria-hidden className="tabular mr-3 w-8 shrink-0 text-right text-faint select-none">
                    {line.number}
                  </span>
                )}
                {signed && (
                  <span aria-hidden className="mr-2 w-2.5 shrink-0 text-center select-none">
                    {line.tone && signs[line.tone]}
                  </span>
                )}
                <span
                  className={numbered || signed ? 'whitespace-pre' : '[overflow-wrap:anywhere] whitespace-pre-wrap'}
                >
                  {line.text === '' ? ' ' : visibleText(line.text)}
                </span>
              </div>
            ),
          )}
        </div>
        {shown.length < lines.length && (
          <button
            type="button"
            className="mt-1 px-2.5 text-xs font-medium text-accent-ink hover:underline"
            onClick={() => setWhole(true)}
          >
            {t('code.showAll', { count: lines.length })}
          </button>
        )}
      </div>
    </section>
  );
}

function ElidedLine({ elided }: { elided: NonNullable<CodeLineView['elided']> }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <p className="my-1 flex items-center gap-2 px-2.5 font-sans text-xs text-faint select-none">
      <span aria-hidden className="h-px flex-1 bg-line-strong" />
      {t(`block.elided.${elided.what}`, { number: format.number(elided.count) })}
      <span aria-hidden className="h-px flex-1 bg-line-strong" />
    </p>
  );
}
