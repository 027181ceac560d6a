import { Link } from '@tanstack/react-router';
import { Eraser, Pause, Play, Radio } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { memoryEventTypes } from '../../../shared/views.ts';
import { classes } from '../../lib/classes.ts';
import { useFormat } from '../../lib/format.ts';
import { useLive } from '../../lib/live.ts';
import { visibleText } from '../../lib/readable.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Select } from '../../ui/select.tsx';
import { addEvents, detailsOf, groupOf, type ShownEvent } from './event-log.ts';

const groups = ['any', ...new Set(memoryEventTypes.map(groupOf))];

/** What happens in the memory, as every stream tells it. */
export function EventsView() {
  const { t } = useTranslation();
  const format = useFormat();
  const [shown, setShown] = useState<ShownEvent[]>([]);
  /** What stood there when the person paused; what comes after that is kept for when they go on. */
  const [held, setHeld] = useState<ShownEvent[] | null>(null);
  const [group, setGroup] = useState('any');
  useLive((batch) => setShown((before) => addEvents(before, batch)));
  const paused = held !== null;
  const newer = paused ? shown.findIndex(({ event }) => event.id <= (held[0]?.event.id ?? 0)) : 0;
  const count = newer < 0 ? shown.length : newer;
  const matching = (held ?? shown).filter(({ event }) => group === 'any' || groupOf(event.type) === group);

  const isFiltered = matching.length < (held ?? shown).length;
  const emptiness = isFiltered ? 'filtered' : paused ? 'paused' : 'none';

  function clear(): void {
    setShown(shown.slice(0, count));
    if (paused) setHeld([]);
  }

  return (
    <div className="flex h-full flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-5 py-2">
        <p className="min-w-0 flex-[1_1_260px] text-xs text-muted">{t('events.text')}</p>
        <Select
          label={t('events.any')}
          value={group}
          options={groups.map((value) => ({ value, label: value === 'any' ? t('events.any') : value }))}
          onChange={setGroup}
        />
        <Button icon={Eraser} onClick={clear} disabled={(held ?? shown).length === 0}>
          {t('action.clear')}
        </Button>
        <Button icon={paused ? Play : Pause} aria-pressed={paused} onClick={() => setHeld(paused ? null : shown)}>
          {t(paused ? 'events.resume' : 'events.pause')}
          {count > 0 && (
            <span className="tabular text-muted">{t('events.newer', { number: format.number(count) })}</span>
          )}
        </Button>
      </div>
      {matching.length === 0 ? (
        <EmptyState icon={Radio} title={t(`events.${emptiness}.title`)} text={t(`events.${emptiness}.text`)} />
      ) : (
        // Scrolls, so it must be reachable by keyboard.
        <div className="min-h-0 flex-1 overflow-y-auto" tabIndex={0} role="group" aria-label={t('access.tab.events')}>
          <ul data-testid="events" aria-label={t('access.tab.events')} className="px-5 py-1">
            {matching.map(({ event, afterGap }) => (
              <EventRow key={event.id} event={event} afterGap={afterGap} />
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

function EventRow({ event, afterGap }: ShownEvent) {
  const { t } = useTranslation();
  const format = useFormat();
  const details = visibleText(detailsOf(event));
  return (
    <li
      className={classes(
        'grid grid-cols-[auto_1fr_auto] items-baseline gap-x-3 border-b border-line py-1.5 last:border-0',
        afterGap && 'border-b-2 border-b-warning',
      )}
    >
      <span className="tabular w-12 text-right font-mono text-[11px] text-faint">{event.id}</span>
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <code className="font-mono text-xs font-medium">{event.type}</code>
          {afterGap && <Badge tone="warning">{t('events.gap')}</Badge>}
          {event.session_id !== null && (
            <Link
              to="/sessions/$sessionId"
              params={{ sessionId: event.session_id }}
              className="truncate text-xs text-accent-ink hover:underline"
            >
              {t('events.session')}
            </Link>
          )}
        </p>
        {details !== '' && (
          <p
            dir="auto"
            title={details}
            className="line-clamp-2 text-xs [overflow-wrap:anywhere] text-muted select-text"
          >
            {details}
          </p>
        )}
      </div>
      <time dateTime={event.at} title={format.dateTime(event.at)} className="tabular text-xs text-faint">
        {format.time(event.at)}
      </time>
    </li>
  );
}
