import type { ContextLine, ContextReason, ContextSection } from '../../../shared/context-views.ts';
import { candidate, recency } from './candidate.ts';
import { day, named, quoted } from './quoted.ts';
import type { ContextRows, SessionRow, TurnRow } from './rows.ts';
import { unfinished } from './thread-lines.ts';

/** So many of the newest sessions are told turn by turn, the others by how they began and ended. */
const sessionsInDetail = 2;
const turnsShown = 4;
/** An older session or turn is worth that much of the next newer one. */
const olderSession = 0.85;
const olderTurn = 0.88;

/** What earlier sessions were asked and what came of it, the newest first; with `since` only turns that went on after it. */
export function sessionLines(
  rows: ContextRows,
  sessions: readonly SessionRow[],
  place: { branch: string | null; newest: number },
  since: number | null = null,
): ContextLine[] {
  return sessions.flatMap((session, position) => {
    const isSameBranch = session.branch !== null && session.branch === place.branch;
    const worth =
      0.9 * olderSession ** position * (0.5 + 0.5 * recency(session.last_event_at, place.newest)) +
      (isSameBranch ? 0.05 : 0);
    const reason = session.is_pinned === 1 ? 'pinned' : 'recent_session';
    const parts = { section: 'sessions', reason, worth: session.is_pinned === 1 ? 0.95 : worth } as const;
    const all = rows.turns(session.pk);
    const open = unfinished(rows, session, all)?.turn;
    // One without an answer is told as left open.
    const turns = all.filter((turn) => turn.answered !== null || turn.pk !== open?.pk);
    if (since !== null) {
      const fresh = turns.slice(0, turnsShown).filter((turn) => turn.last_at > since);
      return turnLines(session, fresh, parts);
    }
    const isShort = turns.length <= 1 && all.length <= 2;
    if (all.length > 0 && (isShort || position < sessionsInDetail)) {
      return turnLines(session, turns.slice(0, turnsShown), parts);
    }
    return beginningAndEnd(session, turns[0], parts);
  });
}

interface LineParts {
  section: ContextSection;
  reason: ContextReason;
  worth: number;
}

/** Turns in the order in which they happened; `turns` has the newest first, which is worth the most. */
export function turnLines(session: SessionRow, turns: readonly TurnRow[], parts: LineParts): ContextLine[] {
  return turns
    .map((turn, age) => line(session, turn.occurred_at, told(turn), parts, parts.worth * olderTurn ** age))
    .toReversed();
}

function told({ asked, answered }: TurnRow): string {
  return `${quoted(asked, 160)}${answered === null ? '' : ` → ${quoted(answered, 280)}`}`;
}

function line(
  session: SessionRow,
  at: number,
  told: string,
  { section, reason }: LineParts,
  value: number,
): ContextLine {
  const place = session.branch ? ` [${named(session.branch, 60)}]` : '';
  return candidate({ section, reason, text: `- ${day(at)}${place} ${told}`, value, session: session.id });
}

/** An older session: what it was begun with, and its last turn with the answer to that. */
function beginningAndEnd(session: SessionRow, last: TurnRow | undefined, parts: LineParts): ContextLine[] {
  const { title, conclusion } = session;
  const end = last !== undefined ? told(last) : conclusion !== null ? `with ${quoted(conclusion, 280)}` : null;
  const facts = [...(title === null ? [] : [`began ${quoted(title, 120)}`]), ...(end === null ? [] : [`ended ${end}`])];
  if (facts.length === 0) return [];
  return [line(session, session.last_event_at, facts.join('; '), parts, parts.worth)];
}
