import { useQuery } from '@tanstack/react-query';
import {
  CircleAlert,
  Clock,
  FileCode,
  FolderGit2,
  Hash,
  History,
  Minus,
  Pin,
  Quote,
  Radar,
  Shapes,
  TriangleAlert,
  Wrench,
  X,
  type LucideIcon,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { QueryClause, QueryClauseKind } from '../../../shared/search-views.ts';
import { observationTypes } from '../../../shared/views.ts';
import { classes } from '../../lib/classes.ts';
import { useFormat } from '../../lib/format.ts';
import { useNow } from '../../lib/now.ts';
import { readableTitle, visibleText } from '../../lib/readable.ts';
import { trpc } from '../../lib/trpc.ts';
import { timeLabel } from './clause-label.ts';

const icons: Record<QueryClauseKind, LucideIcon> = {
  phrase: Quote,
  not: Minus,
  project: FolderGit2,
  type: Shapes,
  tool: Wrench,
  file: FileCode,
  tag: Hash,
  session: History,
  failed: CircleAlert,
  pinned: Pin,
  since: Clock,
  before: Clock,
  time: Clock,
};

interface ChipProps {
  icon: LucideIcon;
  /** What kind of thing it is, for screen readers and on hover. */
  name: string;
  problem?: string | undefined;
  onRemove(): void;
  children: ReactNode;
}

function Chip({ icon: Icon, name, problem, onRemove, children }: ChipProps) {
  const { t } = useTranslation();
  const Shown = problem === undefined ? Icon : TriangleAlert;
  return (
    <li
      className={classes(
        'inline-flex h-6 max-w-full min-w-0 items-center gap-1 rounded-full pr-0.5 pl-2 text-xs',
        problem === undefined ? 'bg-accent-soft text-accent-ink' : 'bg-warning-soft text-warning-ink',
      )}
    >
      <Shown aria-hidden size={12} className="shrink-0" />
      <span className="sr-only">{name}</span>
      <span dir="auto" className="max-w-64 truncate font-medium" title={name}>
        {children}
      </span>
      {problem !== undefined && <span className="truncate">· {problem}</span>}
      <button
        type="button"
        aria-label={t('search.chip.remove', { name })}
        onClick={onRemove}
        className="flex size-5 shrink-0 items-center justify-center rounded-full hover:bg-panel/60"
      >
        <X aria-hidden size={12} />
      </button>
    </li>
  );
}

function useClauseLabel(): (clause: QueryClause) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  return (clause) => {
    const { kind, value, problem } = clause;
    if (problem !== null) return visibleText(clause.text);
    if (kind === 'phrase') return `“${visibleText(value)}”`;
    if (kind === 'failed' || kind === 'pinned') return t(`search.clause.${kind}`);
    const type = kind === 'type' ? observationTypes.find((known) => known === value) : undefined;
    if (type) return t(`type.${type}`);
    return timeLabel(clause, format, now) ?? visibleText(value);
  };
}

export interface QueryChipsProps {
  clauses: readonly QueryClause[];
  session: string | undefined;
  similar: string | undefined;
  onRemove(clause: QueryClause): void;
  onLeaveSession(): void;
  onLeaveSimilar(): void;
}

/** How the query was understood, piece by piece; each piece can be taken away. */
export function QueryChips({ clauses, session, similar, onRemove, onLeaveSession, onLeaveSimilar }: QueryChipsProps) {
  const { t } = useTranslation();
  const label = useClauseLabel();
  const sessionView = useQuery({
    ...trpc.sessions.get.queryOptions({ id: session ?? '' }),
    enabled: session !== undefined,
  });
  const like = useQuery({
    ...trpc.observations.get.queryOptions({ id: similar ?? '' }),
    enabled: similar !== undefined,
  });
  if (clauses.length === 0 && session === undefined && similar === undefined) return null;
  return (
    <ul aria-label={t('search.understood')} className="flex min-w-0 flex-wrap gap-1.5">
      {session !== undefined && (
        <Chip icon={History} name={t('search.clause.session')} onRemove={onLeaveSession}>
          {t('search.inSession', {
            title: readableTitle(sessionView.data?.title ?? null) ?? t('sessions.untitled'),
          })}
        </Chip>
      )}
      {similar !== undefined && (
        <Chip icon={Radar} name={t('search.similar')} onRemove={onLeaveSimilar}>
          {t('search.similarTo', { title: visibleText(like.data?.title ?? '…') })}
        </Chip>
      )}
      {clauses.map((clause) => (
        <Chip
          key={`${clause.range[0]} ${clause.text}`}
          icon={icons[clause.kind]}
          name={t(`search.clause.${clause.kind}`)}
          problem={clause.problem === null ? undefined : t(`search.problem.${clause.problem}`)}
          onRemove={() => onRemove(clause)}
        >
          {label(clause)}
        </Chip>
      ))}
    </ul>
  );
}
