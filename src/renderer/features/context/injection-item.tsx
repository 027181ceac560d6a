import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { InjectionView } from '../../../shared/context-views.ts';
import { classes } from '../../lib/classes.ts';
import { useFormat } from '../../lib/format.ts';
import { readableTitle, visibleText } from '../../lib/readable.ts';
import { Badge } from '../../ui/badge.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';

export interface InjectionItemProps {
  injection: InjectionView;
  href: string;
  open: boolean;
  active: boolean;
}

/** What it was given for, in one line: the prompt, the file, or the session. */
export function occasion({ prompt, file, session_title: title }: InjectionView): string | null {
  return readableTitle(prompt) ?? (file === null ? readableTitle(title) : visibleText(file));
}

/** One text that was given, in the history. */
export const InjectionItem = memo(function InjectionItem({ injection, href, open, active }: InjectionItemProps) {
  const { t } = useTranslation();
  const format = useFormat();
  // At a session's start its title already says what for.
  const isInside = injection.prompt !== null || injection.file !== null;
  return (
    <a
      href={href}
      aria-current={open ? 'true' : undefined}
      data-active={active || undefined}
      className={classes(
        'mx-1.5 flex h-[50px] flex-col justify-center gap-0.5 rounded-lg px-2.5',
        open ? 'bg-selected' : active ? 'bg-hover' : 'hover:bg-hover',
        active && 'keyboard-here',
      )}
    >
      <span className="flex min-w-0 items-center gap-2">
        <Badge tone={injection.kind === 'prompt' || injection.kind === 'file' ? 'accent' : 'neutral'}>
          {t(`context.kind.${injection.kind}`)}
        </Badge>
        <span dir="auto" className="min-w-0 flex-1 truncate text-left font-medium">
          {occasion(injection) ?? t('sessions.untitled')}
        </span>
        <RelativeTime iso={injection.occurred_at} className="tabular shrink-0 text-xs text-faint" />
      </span>
      <span className="tabular flex min-w-0 items-center gap-2 text-xs text-muted">
        <span className="min-w-0 flex-1 truncate">
          {[injection.project.name, isInside ? readableTitle(injection.session_title) : null]
            .filter(Boolean)
            .join(' · ')}
        </span>
        <span className="shrink-0 text-faint">
          {t('context.tokens.short', { tokens: format.number(injection.tokens) })}
        </span>
      </span>
    </a>
  );
});
