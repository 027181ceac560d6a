import { CalendarClock, Pause, Play, Zap } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { JobKind, JobKindView, ScheduleView } from '../../../shared/job-views.ts';
import { useFormat } from '../../lib/format.ts';
import { Badge } from '../../ui/badge.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Select } from '../../ui/select.tsx';
import { useCronText } from './use-cron-text.ts';
import type { JobActions } from './use-job-actions.ts';

/** A person asks for these where their session is. */
const ofSessions: ReadonlySet<JobKind> = new Set(['summarise', 'learn']);
const concurrencies = ['1', '2', '3', '4', '5', '6', '7', '8'] as const;

export interface KindRowProps {
  view: JobKindView;
  schedule: ScheduleView | undefined;
  actions: JobActions;
  onSchedule(): void;
}

/** One kind of jobs: what it is for, how it stands, when it comes by itself; pauses it, and says how many may run. */
export function KindRow({ view, schedule, actions, onSchedule }: KindRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const kind = t(`jobs.kind.${view.kind}`);
  const { running, waiting, parked } = view;
  const counts = (
    [
      ['jobs.running', running],
      ['jobs.waiting', waiting],
      ['jobs.parked', parked],
      ['jobs.doneToday', view.done_today],
    ] as const
  ).filter(([, count]) => count > 0);
  const concurrency = concurrencies.find((known) => known === String(view.concurrency)) ?? '1';
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-5 gap-y-2 border-t border-line py-3 first:border-0 lg:grid-cols-[minmax(0,1fr)_220px_auto]">
      <div className="min-w-0 max-lg:col-span-2">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium">{kind}</span>
          {view.paused && <Badge tone="warning">{t('jobs.paused')}</Badge>}
          {counts.map(([key, count]) => (
            <Badge key={key} tone={key === 'jobs.parked' ? 'danger' : key === 'jobs.running' ? 'accent' : 'neutral'}>
              {t(key, { number: format.number(count) })}
            </Badge>
          ))}
        </p>
        <p className="text-xs text-muted">{t(`jobs.kind.${view.kind}.text`)}</p>
      </div>
      <div className="min-w-0 text-xs">
        {schedule ? <Schedule schedule={schedule} /> : <p className="text-faint">{t('schedule.none')}</p>}
      </div>
      <div className="flex items-center justify-end gap-1">
        <Select
          label={t('jobs.concurrency.of', { kind })}
          value={concurrency}
          shown={`${t('jobs.concurrency')}: ${concurrency}`}
          options={concurrencies.map((value) => ({ value, label: value }))}
          onChange={(value) => actions.setConcurrency(view.kind, Number(value))}
          className="tabular mr-1 text-xs"
        />
        {ofSessions.has(view.kind) ? (
          <Gap />
        ) : (
          <IconButton icon={Zap} label={t('jobs.runNow.of', { kind })} onClick={() => actions.enqueue(view.kind)} />
        )}
        {schedule ? (
          <IconButton icon={CalendarClock} label={t('schedule.edit.of', { kind })} onClick={onSchedule} />
        ) : (
          <Gap />
        )}
        <IconButton
          icon={view.paused ? Play : Pause}
          label={t(view.paused ? 'jobs.resume.of' : 'jobs.pause.of', { kind })}
          onClick={() => actions.setPaused(view.kind, !view.paused)}
        />
      </div>
    </li>
  );
}

/** Holds the place of a button, so that the others stand in columns. */
function Gap() {
  return <span aria-hidden className="w-7 shrink-0" />;
}

function Schedule({ schedule: { cron, enabled, next_at: next, last_at: last } }: { schedule: ScheduleView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { say } = useCronText();
  const lastTime = last === null ? null : t('schedule.last', { time: format.shortDateTime(last) });
  const time = enabled && next !== null ? t('schedule.next', { time: format.shortDateTime(next) }) : lastTime;
  return (
    <>
      <p className={enabled ? 'first-letter:uppercase' : 'text-faint line-through'}>{say(cron)}</p>
      {time !== null && (
        <p title={lastTime ?? undefined} className="tabular text-faint">
          {time}
        </p>
      )}
    </>
  );
}
