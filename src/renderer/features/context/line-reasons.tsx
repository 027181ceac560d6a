import { Link } from '@tanstack/react-router';
import { ArrowUpRight, Ban, EyeOff, Pin } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContextLine, Mark } from '../../../shared/context-views.ts';
import { classes } from '../../lib/classes.ts';
import { useFormat } from '../../lib/format.ts';
import { visibleText } from '../../lib/readable.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { lineSummary } from './line-segments.ts';
import { useLineMark } from './use-line-mark.ts';

const actions = [
  { mark: 'pinned', icon: Pin },
  { mark: 'hidden', icon: EyeOff },
  { mark: 'wrong', icon: Ban },
] as const satisfies readonly { mark: Mark; icon: unknown }[];

export interface LineReasonsProps {
  lines: readonly ContextLine[];
  /** The line that the pointer is on, here or in the text. */
  pointed: number | null;
  onPoint(index: number | null): void;
}

/** Each line under its section: why it is there, what it costs, and what a person may say about it. */
export function LineReasons({ lines, pointed, onPoint }: LineReasonsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const sections = Map.groupBy(
    lines.map((line, index) => ({ line, index })),
    ({ line }) => line.section,
  );
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const item = list.current?.querySelector(`[data-line="${pointed}"]`);
    if (list.current && item) showInside(list.current, item);
  }, [pointed]);
  return (
    <div
      ref={list}
      role="group"
      aria-label={t('context.lines')}
      className="flex min-w-0 flex-col gap-3 @2xl:sticky @2xl:top-4 @2xl:max-h-[calc(100vh-104px)] @2xl:self-start @2xl:overflow-y-auto"
    >
      {[...sections].map(([section, members]) => (
        <section key={section} aria-label={t(`context.section.${section}`)}>
          <h3 className="tabular mb-1 flex items-baseline justify-between text-xs font-medium text-faint">
            {t(`context.section.${section}`)}
            <span className="font-normal">
              {t('context.tokens.short', {
                tokens: format.number(members.reduce((sum, { line }) => sum + line.tokens, 0)),
              })}
            </span>
          </h3>
          <ul className="flex flex-col">
            {members.map(({ line, index }) => (
              <LineReason
                key={index}
                index={index}
                line={line}
                pointed={index === pointed}
                onPoint={(on) => onPoint(on ? index : null)}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** Scrolls the list alone: the page must not move under the pointer. */
function showInside(list: Element, item: Element): void {
  const outer = list.getBoundingClientRect();
  const inner = item.getBoundingClientRect();
  if (inner.top < outer.top) list.scrollTop -= outer.top - inner.top;
  else if (inner.bottom > outer.bottom) list.scrollTop += inner.bottom - outer.bottom;
}

const openLink = 'inline-flex size-6 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink';

interface LineReasonProps {
  index: number;
  line: ContextLine;
  pointed: boolean;
  onPoint(on: boolean): void;
}

function LineReason({ index, line, pointed, onPoint }: LineReasonProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const mark = useLineMark();
  const about = line.observation_id ?? line.session_id;
  const believed = line.learning_id ?? line.memory_id;
  return (
    <li>
      <div
        data-line={index}
        onPointerEnter={() => onPoint(true)}
        onPointerLeave={() => onPoint(false)}
        onFocus={() => onPoint(true)}
        onBlur={() => onPoint(false)}
        className={classes('group relative rounded-md px-2 py-1', pointed && 'bg-hover')}
      >
        <p className="flex min-w-0 items-baseline gap-2">
          <span className="min-w-0 flex-1 truncate">{t(`context.reason.${line.reason}`)}</span>
          <span
            className="tabular shrink-0 text-xs text-faint"
            title={t('context.value', { value: format.percent(line.value) })}
          >
            {format.number(line.tokens)}
          </span>
        </p>
        <p dir="auto" className="truncate text-left text-xs text-faint">
          {visibleText(lineSummary(line.text))}
        </p>
        {(about ?? believed) !== null && (
          <div
            role="group"
            aria-label={t('search.actions')}
            className="absolute top-1 right-1 flex rounded-lg bg-raised p-0.5 opacity-0 shadow-[0_0_0_1px_var(--line)] group-focus-within:opacity-100 group-hover:opacity-100"
          >
            {about !== null &&
              actions.map(({ mark: name, icon }) => (
                <IconButton
                  key={name}
                  small
                  needs="write"
                  icon={icon}
                  label={t(`mark.do.${name}`)}
                  onClick={() => mark(line, name)}
                />
              ))}
            {believed !== null && (
              <Link
                to="/learnings"
                search={{ tab: line.learning_id === null ? 'memories' : 'all', open: believed }}
                aria-label={t('context.open')}
                title={t('context.open')}
                className={openLink}
              >
                <ArrowUpRight aria-hidden size={13} />
              </Link>
            )}
            {line.session_id !== null && (
              <Link
                to="/sessions/$sessionId"
                params={{ sessionId: line.session_id }}
                search={line.observation_id === null ? {} : { observation: line.observation_id }}
                aria-label={t('context.open')}
                title={t('context.open')}
                className={openLink}
              >
                <ArrowUpRight aria-hidden size={13} />
              </Link>
            )}
          </div>
        )}
      </div>
    </li>
  );
}
