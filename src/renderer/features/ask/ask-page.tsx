import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { ChevronRight, MessageCircleQuestion } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '../../lib/classes.ts';
import { useShortcuts } from '../../lib/keyboard.ts';
import { visibleText } from '../../lib/readable.ts';
import { useStore } from '../../lib/store.ts';
import { trpc } from '../../lib/trpc.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProjectSelect } from '../projects/project-select.tsx';
import { AskAnswer } from './ask-answer.tsx';
import { AskForm, type AskFormHandle } from './ask-form.tsx';
import { ask, askStore, isRunning, stopAsking, type AskEntry } from './ask-store.ts';

/** A question over the memory, its answer, and the questions that were asked before in this window. */
export function AskPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { project: projectId } = useSearch({ from: '/ask' });
  const projects = useQuery(trpc.projects.list.queryOptions());
  const entries = useStore(askStore);
  const form = useRef<AskFormHandle>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const [newest, ...earlier] = entries;
  const running = newest !== undefined && isRunning(newest);
  const known = projects.data ?? [];
  const project = known.find(({ id }) => id === projectId) ?? null;
  function put(question: string, about: AskEntry['project']): void {
    ask(question, about && { id: about.id, name: about.name });
    scroller.current?.scrollTo({ top: 0 });
    form.current?.focus();
  }
  useShortcuts([
    ...(running ? [{ keys: 'Escape', run: stopAsking, whileTyping: true }] : []),
    { keys: 'f', run: () => form.current?.focus() },
  ]);
  return (
    <div className="flex h-full flex-col">
      <div className="mx-auto w-full max-w-3xl shrink-0 px-5 pt-3 pb-3">
        <header className="mb-2 flex min-h-8 items-center gap-3">
          <h1 className="flex-1 text-[15px] font-semibold">{t('nav.ask')}</h1>
          {known.length > 0 && (
            <ProjectSelect
              value={project?.id}
              onChange={(chosen) =>
                void navigate({ to: '/ask', search: chosen === undefined ? {} : { project: chosen }, replace: true })
              }
              className="max-w-52"
            />
          )}
        </header>
        <AskForm ref={form} running={running} onAsk={(question) => put(question, project)} onStop={stopAsking} />
      </div>
      <div
        ref={scroller}
        // Scrolls, so it must be reachable by keyboard.
        tabIndex={0}
        role="group"
        aria-label={t('ask.answer')}
        className="min-h-0 flex-1 overflow-y-auto border-t border-line"
      >
        {newest === undefined ? (
          <EmptyState icon={MessageCircleQuestion} title={t('ask.intro.title')} text={t('ask.intro.text')} />
        ) : (
          <div className="mx-auto max-w-3xl px-5 pb-8">
            <AskAnswer key={newest.id} entry={newest} onAgain={() => put(newest.question, newest.project)} />
            {earlier.length > 0 && (
              <section aria-label={t('ask.earlier')} className="mt-8">
                <h2 className="mb-1 text-xs font-medium text-faint">{t('ask.earlier')}</h2>
                {earlier.map((entry) => (
                  <Earlier key={entry.id} entry={entry} onAgain={() => put(entry.question, entry.project)} />
                ))}
              </section>
            )}
          </div>
        )}
      </div>
    </div>
  );
}

/** A question from before in one line, with its answer on demand. */
function Earlier({ entry, onAgain }: { entry: AskEntry; onAgain(): void }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="border-t border-line">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="-mx-2 flex h-9 w-[calc(100%+16px)] items-center gap-2 rounded-md px-2 text-left hover:bg-hover"
      >
        <ChevronRight
          aria-hidden
          size={14}
          className={classes('shrink-0 text-faint transition-transform', isOpen && 'rotate-90')}
        />
        <span dir="auto" className="min-w-0 flex-1 truncate">
          {visibleText(entry.question)}
        </span>
        {entry.project && <span className="shrink-0 text-xs text-faint">{entry.project.name}</span>}
      </button>
      {isOpen && (
        <div className="pb-5 pl-6">
          <AskAnswer entry={entry} onAgain={onAgain} />
        </div>
      )}
    </div>
  );
}
