import { Link } from '@tanstack/react-router';
import { Ban, ChevronRight, EyeOff, Pin } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Mark } from '../../../shared/context-views.ts';
import type { SearchHit } from '../../../shared/search-views.ts';
import { classes } from '../../lib/classes.ts';
import { readableTitle } from '../../lib/readable.ts';
import { Badge } from '../../ui/badge.tsx';
import { Highlighted } from '../../ui/highlighted.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { ObservationIcon } from '../timeline/observation-icon.tsx';
import { useDeleteObservation } from '../timeline/use-deletion.ts';
import { HitActions } from './hit-actions.tsx';
import { HitReasons } from './hit-reasons.tsx';
import { SimilarHits } from './similar-hits.tsx';

/** What may be unfolded under a hit. */
export type HitPart = 'why' | 'collapsed';

export interface SearchHitRowProps {
  hit: SearchHit;
  active: boolean;
  explained: boolean;
  /** Whether the hits that say nearly the same are shown. */
  unfolded: boolean;
  onPoint(id: string): void;
  onOpened(): void;
  onMark(hit: SearchHit, mark: Mark | null): void;
  onSimilar(id: string): void;
  onToggle(part: HitPart, id: string): void;
}

/** A prompt's or message's title is its own beginning: when the passage repeats it, the passage alone is enough. */
function passageSaysAll({ observation, highlights }: SearchHit): boolean {
  return highlights.snippet.startsWith(observation.title.replace(/…$/, ''));
}

const markBadges = {
  pinned: { icon: Pin, tone: 'accent' },
  hidden: { icon: EyeOff, tone: 'neutral' },
  wrong: { icon: Ban, tone: 'warning' },
} as const;

function MarkBadge({ mark }: { mark: Mark }) {
  const { t } = useTranslation();
  const { icon: Icon, tone } = markBadges[mark];
  return (
    <Badge tone={tone} className="mt-px">
      <Icon aria-hidden size={11} />
      {t(`mark.is.${mark}`)}
    </Badge>
  );
}

/** One result: what it is, the passage that matched, where it happened, and why it is here. */
export const SearchHitRow = memo(SearchHitView, isDrawnTheSame);

function SearchHitView(props: SearchHitRowProps) {
  const { t } = useTranslation();
  const { hit, active, explained, unfolded, onPoint, onOpened, onMark, onSimilar, onToggle } = props;
  const deleteObservation = useDeleteObservation();
  const { observation, highlights, collapsed } = hit;
  const single = passageSaysAll(hit);
  const isDimmed = observation.mark === 'hidden' || observation.mark === 'wrong';
  const place = [
    t(`type.${observation.type}`),
    observation.tool,
    observation.project.name,
    readableTitle(hit.session_title),
  ];
  return (
    <div
      onPointerMove={active ? undefined : () => onPoint(observation.id)}
      onFocus={active ? undefined : () => onPoint(observation.id)}
      className={classes('relative rounded-lg', active && 'keyboard-here bg-hover')}
    >
      <Link
        to="/sessions/$sessionId"
        params={{ sessionId: observation.session_id }}
        search={{ observation: observation.id }}
        onClick={onOpened}
        className="flex gap-2.5 rounded-lg px-3 py-2.5"
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
                isDimmed && 'text-faint',
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
            {observation.mark !== null && <MarkBadge mark={observation.mark} />}
          </span>
          {!single && highlights.snippet !== '' && (
            <span
              dir="auto"
              className={classes(
                'line-clamp-2 text-left [overflow-wrap:anywhere]',
                isDimmed ? 'text-faint' : 'text-muted',
              )}
            >
              <Highlighted text={highlights.snippet} ranges={highlights.snippet_ranges} />
            </span>
          )}
          <span className="flex min-w-0 items-baseline gap-3 text-xs text-faint">
            <span className="min-w-0 flex-1 truncate">{place.filter((part) => part !== null).join(' · ')}</span>
            <RelativeTime iso={observation.occurred_at} className="tabular shrink-0" />
          </span>
        </span>
      </Link>
      {active && (
        <HitActions
          observation={observation}
          explained={explained}
          onMark={(mark) => onMark(hit, mark)}
          onSimilar={() => onSimilar(observation.id)}
          onExplain={() => onToggle('why', observation.id)}
          onDelete={() => deleteObservation(observation.id)}
        />
      )}
      {collapsed.count > 0 && (
        <button
          type="button"
          aria-expanded={unfolded}
          onClick={() => onToggle('collapsed', observation.id)}
          className="-mt-1 mb-2 ml-[34px] flex h-6 items-center gap-1 rounded-md pr-2 pl-1 text-xs text-muted hover:bg-selected hover:text-ink"
        >
          <ChevronRight aria-hidden size={12} className={classes('transition-transform', unfolded && 'rotate-90')} />
          {t('search.collapsed', { count: collapsed.count })}
        </button>
      )}
      {unfolded && collapsed.count > 0 && <SimilarHits collapsed={collapsed} />}
      {explained && <HitReasons hit={hit} />}
    </div>
  );
}

function sameHit(left: SearchHit, right: SearchHit): boolean {
  return (
    left.observation.id === right.observation.id &&
    left.observation.mark === right.observation.mark &&
    left.collapsed.count === right.collapsed.count &&
    left.highlights.snippet === right.highlights.snippet &&
    // Pairs of numbers: joined they are told apart as well.
    String(left.highlights.snippet_ranges) === String(right.highlights.snippet_ranges) &&
    String(left.highlights.title) === String(right.highlights.title)
  );
}

/** The mixed answer mostly repeats the rows of the one by words; only a row that is unfolded shows what differs. */
function isDrawnTheSame(before: SearchHitRowProps, after: SearchHitRowProps): boolean {
  return (
    before.active === after.active &&
    before.explained === after.explained &&
    before.unfolded === after.unfolded &&
    before.onPoint === after.onPoint &&
    before.onOpened === after.onOpened &&
    before.onMark === after.onMark &&
    before.onSimilar === after.onSimilar &&
    before.onToggle === after.onToggle &&
    (before.hit === after.hit || (!after.explained && !after.unfolded && sameHit(before.hit, after.hit)))
  );
}
