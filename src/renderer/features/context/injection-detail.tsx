import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { InjectionView } from '../../../shared/context-views.ts';
import { useFormat } from '../../lib/format.ts';
import { readableTitle, visibleText } from '../../lib/readable.ts';
import { Badge } from '../../ui/badge.tsx';
import { GivenText } from './given-text.tsx';

/** One text that was given: to which session, for what, and its exact words. */
export function InjectionDetail({ injection }: { injection: InjectionView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { kind, prompt, file, session_id: session, session_title: title } = injection;
  return (
    <div className="px-5 py-4">
      <header className="mb-3.5">
        <p className="tabular flex min-w-0 items-center gap-2 text-xs text-muted">
          <Badge tone="accent">{t(`context.kind.${kind}`)}</Badge>
          <span className="truncate">{injection.project.name}</span>
          <time dateTime={injection.occurred_at} className="shrink-0">
            {format.dateTime(injection.occurred_at)}
          </time>
        </p>
        <h2 className="mt-1.5 text-[15px] leading-snug font-semibold [overflow-wrap:anywhere]">
          <Link to="/sessions/$sessionId" params={{ sessionId: session }} dir="auto" className="hover:underline">
            {readableTitle(title) ?? t('sessions.untitled')}
          </Link>
        </h2>
        {prompt !== null && (
          <p dir="auto" className="mt-1 line-clamp-3 text-left text-muted [overflow-wrap:anywhere]">
            {t('context.for.prompt')}: {visibleText(prompt)}
          </p>
        )}
        {file !== null && (
          <p className="mt-1 text-muted">
            {t('context.for.file')}:{' '}
            <code className="font-mono text-xs [overflow-wrap:anywhere]">{visibleText(file)}</code>
          </p>
        )}
      </header>
      <GivenText
        title={t('context.given')}
        text={injection.text}
        lines={injection.lines}
        tokens={injection.tokens}
        budget={injection.budget_tokens}
        characters={injection.characters}
        leftOut={0}
      />
    </div>
  );
}
