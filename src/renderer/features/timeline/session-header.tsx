import { Link } from '@tanstack/react-router';
import { ArrowDownToLine, ChevronLeft, Cpu, FolderGit2, GitBranch, TextSearch, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SessionView } from '../../../shared/views.ts';
import { useFormat } from '../../lib/format.ts';
import { useNow } from '../../lib/now.ts';
import { readableTitle } from '../../lib/readable.ts';
import { Badge } from '../../ui/badge.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { SessionContext } from '../context/session-context.tsx';
import type { SessionSearch } from '../sessions/session-search.ts';
import { useDeleteSession } from './use-deletion.ts';

export interface SessionHeaderProps {
  session: SessionView;
  search: SessionSearch;
  onLatest(): void;
  onSearch(): void;
}

/** Which session this is: project, branch, state, times, counts, model and folder. */
export function SessionHeader({ session, search, onLatest, onSearch }: SessionHeaderProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const deleteSession = useDeleteSession();
  const end = session.ended_at ?? session.last_event_at;
  const lasted = Date.parse(end) - Date.parse(session.started_at);
  const isActive = session.status === 'active';
  return (
    <header className="flex h-[86px] shrink-0 flex-col justify-center border-b border-line px-5">
      <div className="flex min-h-8 items-center gap-2">
        <Link
          to="/sessions"
          search={search}
          aria-label={t('action.back')}
          className="-ml-2 flex size-7 shrink-0 items-center justify-center rounded-md text-muted hover:bg-hover lg:hidden"
        >
          <ChevronLeft aria-hidden size={17} />
        </Link>
        <h1
          dir="auto"
          className="line-clamp-2 text-left min-w-0 flex-1 text-[15px] leading-snug font-semibold text-pretty [overflow-wrap:anywhere] select-text"
        >
          {readableTitle(session.title) ?? t('sessions.untitled')}
        </h1>
        <Badge tone={isActive ? 'success' : 'neutral'}>
          {isActive && <span aria-hidden className="pulse-dot size-1.5 rounded-full bg-success" />}
          {t(isActive ? 'sessions.state.active' : 'sessions.state.ended')}
        </Badge>
        <IconButton icon={TextSearch} label={t('search.field.session')} keys="/" onClick={onSearch} />
        <SessionContext session={session} />
        <IconButton
          needs="write"
          icon={Trash2}
          label={t('delete.do.session')}
          onClick={() => deleteSession(session.id)}
        />
        <IconButton icon={ArrowDownToLine} label={t('timeline.latest')} keys="G" onClick={onLatest} />
      </div>
      <div className="mt-0.5 flex h-5 min-w-0 items-center gap-x-3.5 overflow-hidden text-xs whitespace-nowrap text-muted">
        <span className="flex max-w-[40%] shrink-0 items-center gap-1 font-medium">
          <FolderGit2 aria-hidden size={12} className="shrink-0 text-faint" />
          <span className="truncate">{session.project.name}</span>
        </span>
        {session.branch !== null && (
          <span className="flex min-w-0 shrink-[2] items-center gap-1" title={session.branch}>
            <GitBranch aria-hidden size={12} className="shrink-0 text-faint" />
            <span className="truncate">{session.branch}</span>
          </span>
        )}
        {session.model !== null && (
          <span className="flex min-w-0 shrink-[2] items-center gap-1" title={session.model}>
            <Cpu aria-hidden size={12} className="shrink-0 text-faint" />
            <span className="truncate">{session.model}</span>
          </span>
        )}
        <span className="tabular shrink-0" title={format.dateTime(session.started_at)}>
          {format.day(session.started_at, now)} {format.time(session.started_at)}
          <span className="hidden sm:inline"> · {format.duration(Math.max(0, lasted))}</span>
        </span>
        <span className="tabular min-w-0 truncate">
          {t('sessions.prompts', { count: session.prompt_count, number: format.number(session.prompt_count) })} ·{' '}
          {t('sessions.entries', {
            count: session.observation_count,
            number: format.number(session.observation_count),
          })}
          {session.failure_count > 0 && (
            <>
              {' · '}
              <span className="font-medium text-danger-ink">
                {t('sessions.failures', { count: session.failure_count })}
              </span>
            </>
          )}
        </span>
        <span
          className="hidden min-w-0 shrink-[8] items-center gap-0.5 font-mono text-[11px] text-faint sm:flex"
          title={session.cwd}
        >
          <span className="truncate">{session.cwd}</span>
          <CopyButton text={session.cwd} label={t('timeline.copyFolder')} className="-my-1" />
        </span>
      </div>
    </header>
  );
}
