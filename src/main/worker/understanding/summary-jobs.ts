import type { NewJob } from '../../jobs/job.ts';
import { weekRange } from '../../../shared/weeks.ts';
import type { SummaryScope } from '../../../shared/summary-views.ts';
import { jobKeys } from './job-keys.ts';

/** Sessions of a day end close together: the week is told once for all of them. */
const weekDelayMs = 30_000;
/** A session that nobody ends, because its terminal stays open, is told when nothing happened in it for so long. */
const idleMs = 300_000;

interface WeekJob {
  projectPk: number;
  /** Its Monday. */
  week: string;
  withModel: boolean;
  now: number;
}

/** A project's week again; by rules and with a model are two jobs, so that neither takes the place of the other. */
export function summariseWeekJob({ projectPk, week, withModel, now }: WeekJob): NewJob {
  const key = jobKeys.week(projectPk, week);
  return {
    kind: 'summarise',
    key: withModel ? key : `${key}:rules`,
    payload: { scope: 'week', week, force: false, withModel },
    projectPk,
    sessionPk: null,
    priority: 0,
    runAfter: now + weekDelayMs,
  };
}

/**
 * The week of a session that was summed up. One that goes on is told by rules, so that it costs nothing each time; its end has a
 * schedule. One that is over, into which an import or a late session comes, is told like any other.
 */
export function weekOfSessionJob(projectPk: number, week: string, now: number): NewJob {
  const isOver = (weekRange(week)?.until ?? 0) <= now;
  return summariseWeekJob({ projectPk, week, withModel: isOver, now });
}

/** The session of a turn, by rules; a model is asked once it has ended. */
export function idleSessionJob(projectPk: number, sessionPk: number, now: number): NewJob {
  return {
    kind: 'summarise',
    key: `${jobKeys.session(sessionPk)}:rules`,
    payload: { scope: 'session', force: false, withModel: false },
    projectPk,
    sessionPk,
    priority: 0,
    runAfter: now + idleMs,
  };
}

export interface RegenerateJob {
  scope: SummaryScope;
  projectPk: number;
  sessionPk: number | null;
  promptId: string | null;
  week: string | null;
  withModel: boolean;
  now: number;
}

/** A new version, for a person who waits. */
export function regenerateJob({ scope, projectPk, sessionPk, promptId, week, withModel, now }: RegenerateJob): NewJob {
  const common = { force: true, withModel };
  const payload =
    scope === 'turn'
      ? { scope, promptId: promptId ?? '', ...common }
      : scope === 'week'
        ? { scope, week: week ?? '', ...common }
        : { scope, ...common };
  const subject = [scope, scope === 'week' ? projectPk : sessionPk, promptId ?? week ?? '', withModel].join(':');
  return {
    kind: 'summarise',
    key: `regenerate:${subject}`,
    payload,
    projectPk,
    sessionPk,
    priority: 10,
    runAfter: now,
  };
}
