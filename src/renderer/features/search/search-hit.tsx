import { Link } from '@tanstack/react-router';
import { ChartNoAxesColumn } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SearchHit } from '../../../shared/views.ts';
import { classes } from '../../lib/classes.ts';
import { Badge } from '../../ui/badge.tsx';
import { Highlighted } from '../../ui/highlighted.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { ObservationIcon } from '../timeline/observation-icon.tsx';
import { HitReasons } from './hit-reasons.tsx';

export interface SearchHitRowProps {
  hit: SearchHit;
  active: boolean;
  onPointer(): void;
}

/** One result: what it is, the passage that matched, where it happened, and why it is here. */
export function SearchHitRow({ hit, active, onPointer }: SearchHitRowProps) {
  const { t } = useTranslation();
  const [explained, setExplained] = useState(false);
  const { observation, highlights } = hit;
  return (
    <div
      onPointerMove={active ? undefined : onPointer}
      className={classes('relative rounded-lg', active && 'bg-hover shadow-[inset_0_0_0_1.5px_var(--accent)]')}
    >
      <Link
        to="/sessions/$sessionId"
        params={{ sessionId: observation.session_id }}
        search={{ observation: observation.id }}
        className="flex gap-2.5 rounded-lg py-2.5 pr-11 pl-3"
      >
        <span className="flex h-5 items-center">
          <ObservationIcon type={observation.type} failed={observation.failed} size={15} />
        </span>
        <span className="flex min-w-0 flex-1 flex-col gap-0.5">
          <span className="flex min-w-0 items-center gap-2">
            <span className="truncate font-medium">
              <Highlighted text={observation.title} ranges={highlights.title} />
            </span>
            {observation.failed && <Badge tone="danger">{t('timeline.failed')}</Badge>}
          </span>
          {highlights.snippet !== '' && highlights.snippet !== observation.title && (
            <span className="line-clamp-2 text-muted [overflow-wrap:anywhere]">
              <Highlighted text={highlights.snippet} ranges={highlights.snippet_ranges} />
            </span>
          )}
          <span className="flex min-w-0 items-center gap-1.5 text-xs text-faint">
            <span className="shrink-0">{t(`type.${observation.type}`)}</span>
            {observation.tool !== null && <span className="shrink-0">· {observation.tool}</span>}
            <span className="max-w-40 shrink-0 truncate">· {observation.project.name}</span>
            {hit.session_title !== null && <span className="min-w-0 truncate">· {hit.session_title}</span>}
            <RelativeTime iso={observation.occurred_at} className="tabular ml-auto shrink-0 pl-2" />
          </span>
        </span>
      </Link>
      <IconButton
        icon={ChartNoAxesColumn}
        label={t('search.why')}
        aria-expanded={explained}
        onClick={() => setExplained(!explained)}
        className={classes('absolute top-2 right-2', explained && 'bg-hover text-ink')}
      />
      {explained && <HitReasons hit={hit} />}
    </div>
  );
}
