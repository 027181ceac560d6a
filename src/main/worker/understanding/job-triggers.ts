import { defaultSchedules } from '../../jobs/defaults.ts';
import { weekOf, weekRange } from '../../../shared/weeks.ts';
import type { JobKind } from '../../../shared/job-views.ts';
import type { WritableDb } from '../../store/database.ts';
import { createEnqueue } from './job-enqueue.ts';
import { jobKeys } from './job-keys.ts';

export interface TriggerSession {
  pk: number;
  projectPk: number;
}

/** The client writes the last lines of a transcript up to five seconds after it tells of a turn's end (`delaysMs` of the reconciler). */
const afterTranscriptMs = 8_000;
const turnEnds: ReadonlySet<string> = new Set(['Stop', 'StopFailure']);
const compactions: ReadonlySet<string> = new Set(['PreCompact', 'PostCompact']);
/** After a long time away, weeks further back are left to a person. */
const mostWeeks = 8;

/** Which event means which jobs; each is one insert in the transaction that holds the event. */
export function createJobTriggers(db: WritableDb) {
  const enqueue = createEnqueue(db);
  const hasContent = db
    .prepare<[number, number], number>(
      `SELECT EXISTS (SELECT 1 FROM prompts WHERE session_pk = ?) OR EXISTS (SELECT 1 FROM observations WHERE session_pk = ?)`,
    )
    .pluck();
  const latestPrompt = db
    .prepare<[number], string>(
      `SELECT prompt_id FROM prompts WHERE session_pk = ? AND prompt_id IS NOT NULL ORDER BY occurred_at DESC, pk DESC LIMIT 1`,
    )
    .pluck();
  const isOver = db.prepare<[number], number>(`SELECT status = 'ended' FROM sessions WHERE pk = ?`).pluck();
  const projectsOf = db
    .prepare<[number, number], number>(
      'SELECT DISTINCT project_pk FROM sessions WHERE started_at < ? AND last_event_at >= ?',
    )
    .pluck();

  const isEmpty = ({ pk }: TriggerSession) => hasContent.get(pk, pk) !== 1;

  function jobOf(session: TriggerSession, at: number) {
    return { projectPk: session.projectPk, sessionPk: session.pk, priority: 0, runAfter: at + afterTranscriptMs };
  }

  function summariseSession(session: TriggerSession, at: number): void {
    const payload = { scope: 'session', force: false, withModel: true };
    enqueue({ ...jobOf(session, at), kind: 'summarise', key: jobKeys.session(session.pk), payload }, at);
  }

  function learn(session: TriggerSession, final: boolean, at: number): void {
    enqueue({ ...jobOf(session, at), kind: 'learn', key: jobKeys.learn(session.pk), payload: { final } }, at);
  }

  function endTurn(session: TriggerSession, promptId: string | null, at: number): void {
    const turn = promptId ?? latestPrompt.get(session.pk) ?? null;
    if (turn !== null) {
      const payload = { scope: 'turn', promptId: turn, force: false, withModel: true };
      enqueue({ ...jobOf(session, at), kind: 'summarise', key: jobKeys.turn(session.pk, turn), payload }, at);
    }
    learn(session, false, at);
  }

  function endSession(session: TriggerSession, at: number): void {
    if (isEmpty(session)) return;
    summariseSession(session, at);
    learn(session, true, at);
    const payload = { rebuild: false };
    enqueue({ ...jobOf(session, at), kind: 'graph', key: jobKeys.graph(session.pk), payload }, at);
  }

  return {
    /** After the hook's event is in the ledger; those of a subagent end no turn of the session. */
    onHook(
      name: string,
      { agentId, promptId }: { agentId: string | null; promptId: string | null },
      session: TriggerSession,
      at: number,
    ): void {
      if (agentId !== null) return;
      if (name === 'SessionEnd') return endSession(session, at);
      const isTurnEnd = turnEnds.has(name);
      if ((!isTurnEnd && !compactions.has(name)) || isEmpty(session)) return;
      if (isTurnEnd) endTurn(session, promptId, at);
      else summariseSession(session, at);
    },
    /** After a transcript brought these; while the session goes on, its hooks say when. */
    onTranscript(session: TriggerSession, news: readonly { name: string }[], at: number): void {
      if (news.length === 0) return;
      if (isOver.get(session.pk) === 1) endSession(session, at);
      else if (news.some(({ name }) => compactions.has(name))) summariseSession(session, at);
    },
    endSession,
    /** What a schedule means: of each kind one job, and a week's summary for each project that was worked on. */
    onSchedule(kind: JobKind, since: number, now: number): void {
      if (!defaultSchedules.some((schedule) => schedule.kind === kind)) return;
      const job = { kind, priority: 0, runAfter: now, projectPk: null, sessionPk: null };
      if (kind !== 'summarise') return void enqueue({ ...job, key: kind, payload: {} }, now);
      for (const { week, from, until } of weeksBetween(since, now).slice(-mostWeeks)) {
        for (const projectPk of projectsOf.all(until, from)) {
          const payload = { scope: 'week', week, force: false, withModel: true };
          enqueue({ ...job, kind, key: jobKeys.week(projectPk, week), payload, projectPk }, now);
        }
      }
    },
  };
}

/** The weeks that came to their end in (since, now], oldest first. */
function weeksBetween(since: number, now: number): { week: string; from: number; until: number }[] {
  const weeks: { week: string; from: number; until: number }[] = [];
  for (let at = since; ;) {
    const week = weekOf(at);
    const range = weekRange(week);
    if (range === null || range.until > now) return weeks;
    weeks.push({ week, ...range });
    at = range.until;
  }
}
