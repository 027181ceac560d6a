import { useQuery } from '@tanstack/react-query';
import { ChevronRight, ScrollText } from 'lucide-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SummaryView } from '../../../shared/summary-views.ts';
import type { SessionView } from '../../../shared/views.ts';
import { classes } from '../../lib/classes.ts';
import { InlineText } from '../../ui/rich-text.tsx';
import { storage } from '../../lib/storage.ts';
import { createStore, useStore } from '../../lib/store.ts';
import { RegenerateMenu } from './regenerate-menu.tsx';
import { SourceBadge } from './source-badge.tsx';
import { SummaryContent } from './summary-content.tsx';
import { sessionSummariesOptions } from './summary-queries.ts';
import { useIsTaller } from './use-is-taller.ts';
import { useRegenerate } from './use-regenerate.ts';
import { VersionMenu } from './version-menu.tsx';

const openKey = 'summary-open';
const openStore = createStore(storage.get(openKey) !== 'no');

function setOpen(open: boolean): void {
  storage.set(openKey, open ? 'yes' : 'no');
  openStore.set(open);
}

/** The title, unless the session already bears it: then what was done, for as long as that is folded away. */
function headline(summary: SummaryView, session: SessionView, open: boolean): string {
  if (summary.title !== session.title) return summary.title;
  return open ? '' : (summary.done[0] ?? summary.request ?? summary.title);
}

/** Pixels of a long summary that are shown at once: the timeline is what somebody came for. */
const glance = 148;

/** What the session came to, above its timeline: at a glance, whole, or folded to its title. */
export function SessionSummary({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  const id = useId();
  const open = useStore(openStore);
  const summaries = useQuery(sessionSummariesOptions(session.id));
  const regenerate = useRegenerate({
    scope: 'session',
    session_id: session.id,
    prompt_id: null,
    week: null,
    project_id: session.project.id,
  });
  const summary = summaries.data?.session;
  // A session that just began has none, and needs none.
  if (!summary && (summaries.isPending || session.prompt_count === 0)) return null;
  return (
    <section
      aria-label={t('summary.session')}
      className="flex max-h-[60%] shrink-0 flex-col border-b border-line bg-sunken"
    >
      <header className="flex min-h-9 shrink-0 items-center gap-2 pr-4 pl-3">
        <h2 className="min-w-0 flex-1">
          <button
            type="button"
            aria-expanded={summary ? open : undefined}
            aria-controls={summary && open ? id : undefined}
            disabled={!summary}
            onClick={() => setOpen(!open)}
            className="flex h-7 w-full min-w-0 items-center gap-2 rounded-md px-2 text-left enabled:hover:bg-hover"
          >
            {summary ? (
              <ChevronRight
                aria-hidden
                size={12}
                className={classes('shrink-0 text-faint transition-transform', open && 'rotate-90')}
              />
            ) : (
              <ScrollText aria-hidden size={13} className="shrink-0 text-faint" />
            )}
            <span className="shrink-0 text-xs font-medium text-faint">{t('summary.session')}</span>
            <span dir="auto" className={classes('min-w-0 truncate', summary ? 'font-medium' : 'text-muted')}>
              {summary ? (
                <InlineText text={headline(summary, session, open)} />
              ) : (
                t(summaries.isError ? 'summary.unread' : 'summary.none')
              )}
            </span>
          </button>
        </h2>
        {summary && <SourceBadge summary={summary} />}
        {summary && <VersionMenu summary={summary} />}
        <RegenerateMenu regenerate={regenerate} />
      </header>
      {summary && open && <Glance key={session.id} id={id} summary={summary} />}
    </section>
  );
}

function Glance({ id, summary }: { id: string; summary: SummaryView }) {
  const { t } = useTranslation();
  const [whole, setWhole] = useState(false);
  const [content, isLong] = useIsTaller(glance);
  const isCut = isLong && !whole;
  return (
    <>
      <div
        id={id}
        // Scrolls when it is whole, so it must be reachable by keyboard.
        tabIndex={isCut ? -1 : 0}
        role="group"
        aria-label={t('summary.session')}
        data-testid="session-summary"
        className={classes(
          'min-h-0 px-5 pb-2 pl-[42px]',
          isCut ? 'overflow-hidden [mask-image:linear-gradient(#000_65%,transparent)]' : 'overflow-y-auto',
        )}
        style={isCut ? { maxHeight: glance } : undefined}
      >
        <div ref={content}>
          <SummaryContent summary={summary} />
        </div>
      </div>
      {isLong && (
        <button
          type="button"
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
          className="mb-2 ml-[42px] shrink-0 self-start text-xs font-medium text-accent-ink hover:underline"
        >
          {whole ? t('action.showLess') : t('action.showAll')}
        </button>
      )}
    </>
  );
}
