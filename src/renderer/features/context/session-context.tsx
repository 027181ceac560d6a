import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { NotebookText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SessionView } from '../../../shared/views.ts';
import { useFormat } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { occasion } from './injection-item.tsx';
import { injectionOptions, useLiveInjections } from './injection-queries.ts';
import { ScopeSwitches } from './scope-switches.tsx';

const shownHere = 5;

/** On a session's page: what this session may be given, and what it was. */
export function SessionContext({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  return (
    <Popover title={t('context.here')} trigger={<IconButton icon={NotebookText} label={t('context.here')} />}>
      <div className="mt-1">
        <ScopeSwitches brief scope={{ session_id: session.id }} wider={{ project_id: session.project.id }} />
      </div>
      <GivenHere session={session} />
    </Popover>
  );
}

function GivenHere({ session }: { session: SessionView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const given = useInfiniteQuery(injectionOptions({ session_id: session.id }, shownHere));
  useLiveInjections();
  const first = given.data?.pages[0];
  return (
    <section className="mt-3.5 border-t border-line pt-3">
      <h3 className="mb-1 flex items-baseline justify-between text-xs font-medium text-faint">
        {t('context.here.given')}
        {first && first.data.length > 0 && (
          <Link
            to="/context"
            search={{ tab: 'history', session: session.id }}
            className="font-medium text-accent-ink hover:underline"
          >
            {t('context.here.all')}
          </Link>
        )}
      </h3>
      {first?.data.length === 0 && <p className="text-muted">{t('context.here.none')}</p>}
      <ul>
        {first?.data.map((injection) => (
          <li key={injection.id}>
            <Link
              to="/context"
              search={{ tab: 'history', session: session.id, given: injection.id }}
              className="-mx-2 flex h-7 min-w-0 items-center gap-2 rounded-md px-2 hover:bg-hover"
            >
              <Badge>{t(`context.kind.${injection.kind}`)}</Badge>
              <span dir="auto" className="min-w-0 flex-1 truncate text-left">
                {occasion(injection) ?? t('sessions.untitled')}
              </span>
              <span className="tabular shrink-0 text-xs text-faint">
                {t('context.tokens.short', { tokens: format.number(injection.tokens) })}
              </span>
              <RelativeTime iso={injection.occurred_at} className="tabular shrink-0 text-xs text-faint" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
