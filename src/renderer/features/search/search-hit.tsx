import { Link } from '@tanstack/react-router';
import { ChartNoAxesColumn } from 'lucide-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SearchHit } from '../../../shared/views.ts';
import { classes } from '../../lib/classes.ts';
import { readableTitle } from '../../lib/readable.ts';
import { Badge } from '../../ui/badge.tsx';
import { Highlighted } from '../../ui/highlighted.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { ObservationIcon } from '../timeline/observation-icon.tsx';
import { HitReasons } from './hit-reasons.tsx';

export interface SearchHitRowProps {
  hit: SearchHit;
  active: boolean;
  onPoint(id: string): void;
}

/** A prompt's or message's title is its own beginning: when the passage repeats it, the passage alone is enough. */
function passageSaysAll({ observation, highlights }: SearchHit): boolean {
  return highlights.snippet.startsWith(observation.title.replace(/…$/, ''));
}

/** One result: what it is, the passage that matched, where it happened, and why it is here. */
export const SearchHitRow = memo(function SearchHitRow({ hit, active, onPoint }: SearchHitRowProps) {
  const { t } = useTranslation();
  const [explained, setExplained] = useState(false);
  const { observation, highlights } = hit;
  const single = passageSaysAll(hit);
  const place = [
    t(`type.${observation.type}`),
    observation.tool,
    observation.project.name,
    readableTitle(hit.session_title),
  ];
  return (
    <div
      onPointerMove={active ? undefined : () => onPoint(observation.id)}
      className={classes('relative rounded-lg', active && 'keyboard-here bg-hover')}
    >
      <Link
        to="/sessions/$sessionId"
        params={{ sessionId: observation.session_id }}
        search={{ observation: observation.id }}
        className="flex gap-2.5 rounded-lg py-2.5 pr-12 pl-3"
      >
        <span className="flex h-5 items-center">
          <ObservationIcon type={observation.type} failed={observation.failed} size={15} />
        </span>
        <span className="flex min-w-0 flex-1 flex-col gap-0.5">
          <span className="flex min-w-0 items-start gap-2">
            <span
              dir="auto"
              className={classes(
                'min-w-0 font-medium',
                observation.tool === null ? 'line-clamp-2 [overflow-wrap:anywhere]' : 'truncate',
              )}
            >
              {single ? (
                <Highlighted text={highlights.snippet} ranges={highlights.snippet_ranges} />
              ) : (
                <Highlighted text={observation.title} ranges={highlights.title} />
              )}
            </span>
            {observation.failed && (
              <Badge tone="danger" className="mt-px">
                {t('timeline.failed')}
              </Badge>
            )}
          </span>
          {!single && highlights.snippet !== '' && (
            <span dir="auto" className="line-clamp-2 text-left [overflow-wrap:anywhere] text-muted">
              <Highlighted text={highlights.snippet} ranges={highlights.snippet_ranges} />
            </span>
          )}
          <span className="flex min-w-0 items-baseline gap-3 text-xs text-faint">
            <span className="min-w-0 flex-1 truncate">{place.filter((part) => part !== null).join(' · ')}</span>
            <RelativeTime iso={observation.occurred_at} className="tabular shrink-0" />
          </span>
        </span>
      </Link>
      <IconButton
        icon={ChartNoAxesColumn}
        label={t('search.why')}
        aria-expanded={explained}
        onClick={() => setExplained(!explained)}
        className="absolute top-2 right-2 aria-expanded:text-accent-ink"
      />
      {explained && <HitReasons hit={hit} />}
    </div>
  );
});
