import { useQueries } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { SearchHit } from '../../../shared/search-views.ts';
import { visibleText } from '../../lib/readable.ts';
import { trpc } from '../../lib/trpc.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ObservationIcon } from '../timeline/observation-icon.tsx';

/** The hits that say nearly the same as the one above them; read when they are asked for. */
export function SimilarHits({ collapsed }: { collapsed: SearchHit['collapsed'] }) {
  const { t } = useTranslation();
  const hits = useQueries({
    queries: collapsed.ids.map((id) => trpc.observations.get.queryOptions({ id }, { retry: false })),
  });
  const more = collapsed.count - collapsed.ids.length;
  return (
    <ul aria-label={t('search.collapsed.label')} className="mr-3 mb-2.5 ml-[38px] border-l border-line pl-2">
      {hits.map(({ data: observation, isPending }, index) => (
        <li key={collapsed.ids[index]}>
          {isPending && <Skeleton className="my-1.5 h-4 w-2/3" />}
          {observation && (
            <Link
              to="/sessions/$sessionId"
              params={{ sessionId: observation.session_id }}
              search={{ observation: observation.id }}
              className="flex h-7 min-w-0 items-center gap-2 rounded-md px-2 text-muted hover:bg-selected hover:text-ink"
            >
              <ObservationIcon type={observation.type} failed={observation.failed} size={13} />
              <span dir="auto" className="min-w-0 flex-1 truncate text-left">
                {visibleText(observation.title)}
              </span>
              <RelativeTime iso={observation.occurred_at} className="tabular shrink-0 text-xs text-faint" />
            </Link>
          )}
        </li>
      ))}
      {more > 0 && <li className="px-2 py-1 text-xs text-faint">{t('search.collapsed.more', { count: more })}</li>}
    </ul>
  );
}
