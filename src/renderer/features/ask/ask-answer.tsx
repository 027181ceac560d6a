import { ChevronRight, CircleAlert, CircleStop, Info, LoaderCircle, RotateCcw } from 'lucide-react';
import { useCallback, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AskSource } from '../../../shared/ask-views.ts';
import { renumberCitations, splitCitations, withoutUnfinishedCitation, type CitedPart } from '../../lib/citations.ts';
import { useFormat } from '../../lib/format.ts';
import { visibleText } from '../../lib/readable.ts';
import { useSaid } from '../../lib/said.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Markdown } from '../../ui/markdown.tsx';
import { isRunning, type AskEntry } from './ask-store.ts';
import { Citation, SourceText } from './citation.tsx';
import { sourceAddress } from './source-address.ts';

export interface AskAnswerProps {
  entry: AskEntry;
  onAgain(): void;
}

/** One question with its answer as it grows, each number in it a way to what it rests on. */
export function AskAnswer({ entry, onAgain }: AskAnswerProps) {
  const { t } = useTranslation();
  const said = useSaid();
  const { answer } = entry;
  const found = answer ? answer.sources : entry.sources;
  // Of what was found only some is cited in the end: those are counted from one.
  const shown = useMemo(() => found.map((source, index) => ({ ...source, number: index + 1 })), [found]);
  const numbers = useMemo(() => new Map(found.map(({ number }, index) => [number, index + 1])), [found]);
  const drawText = useCallback((text: string) => drawCited(text, numbers, shown), [numbers, shown]);
  const running = isRunning(entry);
  return (
    <article aria-label={visibleText(entry.question)} aria-busy={running} className="pt-5">
      <h2 dir="auto" className="text-[15px] font-semibold [overflow-wrap:anywhere] whitespace-pre-wrap">
        {visibleText(entry.question)}
      </h2>
      <Standing entry={entry} />
      {entry.text !== '' && (
        <div className="mt-3 text-[14px] leading-[22px] select-text" data-testid="ask-text">
          <Markdown
            text={running ? withoutUnfinishedCitation(entry.text) : entry.text}
            headingLevel={3}
            drawText={drawText}
          />
        </div>
      )}
      {answer !== null && answer.fallback_reason !== null && (
        <p className="mt-3 flex gap-2 rounded-lg bg-warning-soft px-3 py-2 text-warning-ink">
          <Info aria-hidden size={15} className="mt-[3px] shrink-0" />
          <span className="min-w-0 [overflow-wrap:anywhere]">
            {t('ask.fallback')} {said(answer.fallback_reason)}
          </span>
        </p>
      )}
      {!running && (
        <div className="mt-3 flex items-center gap-1">
          <Button icon={RotateCcw} onClick={onAgain}>
            {t('ask.again')}
          </Button>
          {entry.text !== '' && <CopyButton text={renumberCitations(entry.text, numbers)} />}
        </div>
      )}
      {shown.length > 0 && <Sources sources={shown} />}
    </article>
  );
}

/** The last word before a number; a longer one may break. */
const lastWord = /\S{0,24}\s?$/;

/** Parts of a text have no identity beyond their place. */
function drawCited(text: string, numbers: ReadonlyMap<number, number>, sources: readonly AskSource[]): ReactNode {
  const parts = splitCitations(text, new Set(numbers.keys()));
  const drawNumber = (part: CitedPart | undefined, key: string): ReactNode => {
    const source = part?.kind === 'citation' ? sources[(numbers.get(part.number) ?? 0) - 1] : undefined;
    return source && <Citation key={key} source={source} />;
  };
  return parts.map((part, index) => {
    const next = parts[index + 1];
    if (part.kind === 'citation') return parts[index - 1]?.kind === 'text' ? null : drawNumber(part, `${index}`);
    const words = visibleText(part.text);
    if (next?.kind !== 'citation') return words;
    const at = words.search(lastWord);
    return [
      words.slice(0, at),
      // The number of a source never begins a line.
      <span key={index} className="whitespace-nowrap">
        {words.slice(at)}
        {drawNumber(next, 'number')}
      </span>,
    ];
  });
}

/** How far the answer is, or how it came about. */
function Standing({ entry: { state, answer, sources, error } }: { entry: AskEntry }) {
  const { t } = useTranslation();
  const said = useSaid();
  const format = useFormat();
  if (state === 'failed') {
    return (
      <p role="alert" className="mt-1.5 flex gap-2 text-danger-ink">
        <CircleAlert aria-hidden size={15} className="mt-[3px] shrink-0" />
        <span className="min-w-0 [overflow-wrap:anywhere]">
          <strong className="font-semibold">{t('ask.failed')}.</strong> {error ? said(error) : t('ask.broken')}
        </span>
      </p>
    );
  }
  const found = t('ask.found', { count: sources.length, number: format.number(sources.length) });
  return (
    <p role="status" className="tabular mt-1.5 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
      {(state === 'searching' || state === 'writing') && (
        <>
          <LoaderCircle aria-hidden size={13} className="spin text-accent-ink" />
          {t(state === 'searching' ? 'ask.searching' : 'ask.writing')}
        </>
      )}
      {state === 'writing' && <span>· {found}</span>}
      {state === 'stopped' && (
        <>
          <CircleStop aria-hidden size={13} />
          {t('ask.stopped')}
        </>
      )}
      {answer && (
        <>
          <Badge tone={answer.mode === 'model' ? 'accent' : 'neutral'}>
            {answer.mode === 'model' ? (answer.model ?? t('model.title')) : t(`ask.mode.${answer.mode}`)}
          </Badge>
          {answer.mode === 'extractive' && <span>{t('ask.mode.extractive.text')}</span>}
          <span className="text-faint">{format.duration(answer.took_ms)}</span>
          {answer.cost && <span className="text-faint">{format.money(answer.cost.cost_usd)}</span>}
        </>
      )}
    </p>
  );
}

function Sources({ sources }: { sources: readonly AskSource[] }) {
  const { t } = useTranslation();
  return (
    <section className="mt-5" aria-label={t('ask.sources')}>
      <h3 className="mb-1 text-xs font-medium text-faint">{t('ask.sources')}</h3>
      <ol aria-label={t('ask.sources')}>
        {sources.map((source) => {
          const address = sourceAddress(source);
          return (
            <li key={source.number} className="border-t border-line first:border-0">
              <a
                href={address ?? undefined}
                className="group -mx-2 flex min-w-0 items-start gap-2.5 rounded-lg px-2 py-2 hover:bg-hover"
              >
                <span className="tabular mt-0.5 flex h-[18px] min-w-[18px] shrink-0 items-center justify-center rounded bg-accent-soft px-1 text-[11px] leading-none font-medium text-accent-ink">
                  {source.number}
                </span>
                <div className="min-w-0 flex-1">
                  <SourceText source={source} brief />
                </div>
                {address !== null && (
                  <ChevronRight
                    aria-hidden
                    size={15}
                    className="mt-1 shrink-0 text-faint opacity-0 group-hover:opacity-100"
                  />
                )}
              </a>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
