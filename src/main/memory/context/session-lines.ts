import type { ContextLine, ContextReason, ContextSection } from '../../../shared/context-views.ts';
import { candidate, recency } from './candidate.ts';
import { asData, day, quoted } from './quoted.ts';
import type { ContextRows, SessionRow, TurnRow } from './rows.ts';

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
    const inDetail = since !== null || position < sessionsInDetail;
    const turns = inDetail ? rows.turns(session.pk).slice(0, turnsShown) : [];
    const fresh = turns.filter((turn) => since === null || turn.last_at > since);
    const told = fresh.length > 0 || since !== null ? fresh : beginningAndEnd(session);
    const reason = session.is_pinned === 1 ? 'pinned' : 'recent_session';
    return turnLines(session, told, { section: 'sessions', reason, worth: session.is_pinned === 1 ? 0.95 : worth });
  });
}

/** Turns in the order in which they happened; `turns` has the newest first, which is worth the most. */
export function turnLines(
  session: SessionRow,
  turns: readonly TurnRow[],
  { section, reason, worth }: { section: ContextSection; reason: ContextReason; worth: number },
): ContextLine[] {
  const place = session.branch ? ` [${asData(session.branch, 60)}]` : '';
  return turns
    .map((turn, age) => {
      const asked = quoted(turn.asked, 160);
      const answered = turn.answered === null ? '' : ` → ${quoted(turn.answered, 280)}`;
      const text = `- ${day(turn.occurred_at)}${place} ${asked}${answered}`;
      return candidate({ section, reason, text, value: worth * olderTurn ** age, session: session.id });
    })
    .toReversed();
}

function beginningAndEnd({ title, conclusion, last_event_at: at }: SessionRow): TurnRow[] {
  if (title === null && conclusion === null) return [];
  return [{ prompt_id: null, asked: title ?? '', answered: conclusion, is_answered: 1, occurred_at: at, last_at: at }];
}
