import { Link } from '@tanstack/react-router';
import { Bot, Check, EyeOff, FolderGit2, Repeat, Timer, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { PermissionRequestView } from '../../../shared/permission-views.ts';
import { classes } from '../../lib/classes.ts';
import { useFormat } from '../../lib/format.ts';
import { readableTitle } from '../../lib/readable.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { longSummary } from './long-summary.ts';
import { RequestInput } from './request-input.tsx';
import { ToolBadge } from './tool-badge.tsx';

export interface RequestCardProps {
  request: PermissionRequestView;
  /** Milliseconds since 1970. */
  now: number;
  active: boolean;
  busy: boolean;
  /** It has just come to this place, where a key or click may have been meant for another. */
  held: boolean;
  onDecide(behavior: 'allow' | 'deny'): void;
  onRemember(): void;
}

const soonSeconds = 10;

/** One agent that waits: what it would do, where, and for how long it still waits. */
export function RequestCard({ request, now, active, busy, held, onDecide, onRemember }: RequestCardProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const left = Math.max(0, Math.ceil((Date.parse(request.expires_at) - now) / 1_000));
  return (
    <article
      aria-label={`${request.tool}: ${request.summary}`}
      data-active={active || undefined}
      className={classes(
        'rounded-xl border bg-panel px-4 py-3.5',
        active ? 'border-accent keyboard-here' : 'border-line',
      )}
    >
      <header className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted">
        <ToolBadge tool={request.tool} tone="accent" />
        <FolderGit2 aria-hidden size={13} className="shrink-0 text-faint" />
        <span className="max-w-48 truncate">{request.project.name}</span>
        <Link
          to="/sessions/$sessionId"
          params={{ sessionId: request.session_id }}
          className="max-w-64 truncate hover:text-ink md:max-w-96 hover:underline"
        >
          {readableTitle(request.session_title) ?? t('sessions.untitled')}
        </Link>
        {request.agent_type !== null && (
          <Badge>
            <Bot aria-hidden size={11} /> {request.agent_type}
          </Badge>
        )}
        <span
          role="timer"
          aria-label={t('permissions.left', { seconds: format.number(left) })}
          className={classes(
            'tabular ml-auto inline-flex items-center gap-1',
            left <= soonSeconds && 'font-medium text-danger-ink',
          )}
        >
          <Timer aria-hidden size={13} /> {t('permissions.left', { seconds: format.number(left) })}
        </span>
      </header>
      {/* Scrolls when it is long, so it must be reachable by keyboard. */}
      <p
        dir="ltr"
        tabIndex={request.summary.length > longSummary ? 0 : undefined}
        className="mt-2.5 max-h-40 overflow-y-auto font-mono text-[13px] leading-5 [overflow-wrap:anywhere] select-text"
      >
        {request.summary}
      </p>
      <RequestInput tool={request.tool} input={request.input} summary={request.summary} />
      {!request.allowable && (
        <p className="mt-2.5 flex items-start gap-2 rounded-md bg-warning-soft px-2.5 py-1.5 text-warning-ink">
          <EyeOff aria-hidden size={14} className="mt-0.5 shrink-0" /> {t('permissions.notWhole')}
        </p>
      )}
      <footer className="mt-3 flex flex-wrap items-center gap-2">
        <Button
          look="primary"
          icon={Check}
          disabled={busy || !request.allowable}
          aria-disabled={held}
          aria-keyshortcuts="a"
          onClick={() => onDecide('allow')}
        >
          {t('permissions.allow')}
        </Button>
        <Button
          look="danger"
          icon={X}
          disabled={busy}
          aria-disabled={held}
          aria-keyshortcuts="d"
          onClick={() => onDecide('deny')}
        >
          {t('permissions.deny')}
        </Button>
        <Button look="ghost" icon={Repeat} disabled={busy} aria-keyshortcuts="r" onClick={onRemember}>
          {t('permissions.remember')}
        </Button>
        {held && active && <p className="ml-auto text-xs text-muted max-sm:sr-only">{t('permissions.held')}</p>}
      </footer>
    </article>
  );
}
