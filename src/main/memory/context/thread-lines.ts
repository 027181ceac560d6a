import type { ContextLine, ContextSection } from '../../../shared/context-views.ts';
import { candidate, recency } from './candidate.ts';
import { openTasks } from './open-tasks.ts';
import { day, named, quoted } from './quoted.ts';
import type { ContextRows, ObservationRow, SessionRow, TurnRow } from './rows.ts';

const mostFailures = 4;
const mostTodos = 4;

/** What earlier sessions have left open: failing commands, todo lists, turns that never came to an answer. */
export function threadLines(
  rows: ContextRows,
  sessions: readonly SessionRow[],
  failures: readonly ObservationRow[],
  newest: number,
): ContextLine[] {
  return [
    ...failureLines(failures.slice(0, mostFailures), 'threads', newest),
    ...sessions.flatMap((session) => sessionThreads(rows, session, newest)),
  ];
}

export function failureLines(
  failures: readonly ObservationRow[],
  section: ContextSection,
  newest: number,
): ContextLine[] {
  return failures.map((row) =>
    candidate({
      section,
      reason: 'unresolved_failure',
      text: `- ${day(row.occurred_at)} failed, not seen to pass since: ${quoted(row.title, 120)} — ${quoted(row.subtitle ?? '', 160)}`,
      value: 0.7 + 0.25 * recency(row.occurred_at, newest),
      observation: row.id,
      session: row.session_id,
    }),
  );
}

export function todoLine(
  rows: ContextRows,
  session: SessionRow,
  section: ContextSection,
  value: number,
): ContextLine[] {
  const tasks = openTasks(rows.plans(session.pk));
  if (tasks === null) return [];
  const shown = tasks.open.slice(0, mostTodos).map((task) => quoted(task, 70));
  const more = tasks.open.length > shown.length ? ` and ${tasks.open.length - shown.length} more` : '';
  const text = `- ${day(session.last_event_at)} todo list, ${tasks.done} done, open: ${shown.join(', ')}${more}`;
  return [candidate({ section, reason: 'open_todo', text, value, observation: tasks.id, session: session.id })];
}

function sessionThreads(rows: ContextRows, session: SessionRow, newest: number): ContextLine[] {
  const value = 0.65 + 0.25 * recency(session.last_event_at, newest);
  return [...unfinishedTurn(rows, session, value), ...todoLine(rows, session, 'threads', value)];
}

/**
 * The last turn when it came to no answer: it was interrupted, the client died, the provider failed, or it still runs elsewhere.
 * `turns` has the newest first.
 */
export function unfinished(
  rows: ContextRows,
  session: SessionRow,
  [turn]: readonly TurnRow[],
): { turn: TurnRow; why: string } | null {
  if (turn === undefined) return null;
  if (rows.endedInFailure(session.pk, turn.prompt_id)) return { turn, why: 'ended with an error of the provider' };
  return turn.is_answered === 1 ? null : { turn, why: 'without a final answer' };
}

function unfinishedTurn(rows: ContextRows, session: SessionRow, value: number): ContextLine[] {
  const last = unfinished(rows, session, rows.turns(session.pk));
  if (last === null) return [];
  const place = session.branch ? ` [${named(session.branch, 60)}]` : '';
  const text = `- ${day(last.turn.occurred_at)}${place} ${last.why}: ${quoted(last.turn.asked, 200)}`;
  return [candidate({ section: 'threads', reason: 'unfinished_turn', text, value, session: session.id })];
}
