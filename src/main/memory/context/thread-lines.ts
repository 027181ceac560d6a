import type { ContextLine, ContextSection } from '../../../shared/context-views.ts';
import { candidate, recency } from './candidate.ts';
import { openTasks } from './open-tasks.ts';
import { asData, day, quoted } from './quoted.ts';
import type { ContextRows, ObservationRow, SessionRow } from './rows.ts';

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

/** The last turn has no answer: it was interrupted, the client died, the provider failed, or it still runs elsewhere. */
function unfinishedTurn(rows: ContextRows, session: SessionRow, value: number): ContextLine[] {
  const [last] = rows.turns(session.pk);
  const failed = rows.endedInFailure(session.pk);
  if (last === undefined || (last.is_answered === 1 && !failed)) return [];
  const place = session.branch ? ` [${asData(session.branch, 60)}]` : '';
  const why = failed ? 'ended with an error of the provider' : 'without a final answer';
  const text = `- ${day(last.occurred_at)}${place} ${why}: ${quoted(last.asked, 200)}`;
  return [candidate({ section: 'threads', reason: 'unfinished_turn', text, value, session: session.id })];
}
