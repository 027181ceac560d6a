import type { ContextLine, ContextReason, ContextSection } from '../../../shared/context-views.ts';
import type { SummaryContent } from '../../../shared/summary-views.ts';
import { candidate, recency, type Candidate } from './candidate.ts';
import { day, named, quoted } from './quoted.ts';
import type { ContextRows, SessionRow, TurnRow } from './rows.ts';
import { unfinished } from './thread-lines.ts';

/** So many of the newest sessions are told turn by turn, the others by what they came to. */
const sessionsInDetail = 2;
const turnsShown = 4;
/** An older session or turn is worth that much of the next newer one. */
const olderSession = 0.85;
const olderTurn = 0.88;
/** Characters of what an older session came to. */
const longestOutcome = 400;
const longestOpenEnd = 140;

/** What earlier sessions were asked and what came of it, the newest first; with `since` only turns that went on after it. */
export function sessionLines(
  rows: ContextRows,
  sessions: readonly SessionRow[],
  place: { branch: string | null; newest: number },
  since: number | null = null,
): Candidate[] {
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
    if (position < sessionsInDetail && all.length > 0) return turnLines(session, turns.slice(0, turnsShown), parts);
    const told = olderSessionLine(session, rows.summary(session.pk), turns, parts);
    return told.length === 0 && all.length === 0 ? beginningAndEnd(session, parts) : told;
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

function told({ asked, answered }: TurnRow, longestAsked = 160, longestAnswer = 280): string {
  return `${quoted(asked, longestAsked)}${answered === null ? '' : ` → ${quoted(answered, longestAnswer)}`}`;
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

/** By its summary, or else by the turn that mattered most; nothing where neither is known. */
function olderSessionLine(
  session: SessionRow,
  summary: SummaryContent | null,
  turns: readonly TurnRow[],
  parts: LineParts,
): Candidate[] {
  const at = session.last_event_at;
  const lineOf = (words: string) => line(session, at, words, parts, parts.worth);
  const outcome = summary === null ? '' : outcomeOf(summary);
  if (summary !== null && outcome !== '') {
    const title = quoted(summary.title, 120);
    const [open] = summary.open_ends;
    const left = open === undefined ? '' : `; open at its end: ${quoted(open, longestOpenEnd)}`;
    return [{ ...lineOf(`${title} → ${quoted(outcome, longestOutcome)}${left}`), brief: lineOf(title) }];
  }
  const turn = mainTurn(turns);
  return turn === undefined ? [] : [{ ...lineOf(told(turn)), brief: lineOf(told(turn, 80, 100)) }];
}

/** Why it was and what was done, in the summary's sentences; empty where it has none. */
function outcomeOf({ learned, done, key_points: others, investigated }: SummaryContent): string {
  const sentences = [...learned.slice(0, 1), ...done, ...learned.slice(1), ...others];
  return (sentences.length > 0 ? sentences : investigated)
    .map((sentence) => (/[.!?…。！？]$/.test(sentence) ? sentence : `${sentence}.`))
    .join(' ');
}

/** The one with the longest answer, of those that changed something before others. */
function mainTurn(turns: readonly TurnRow[]): TurnRow | undefined {
  const lengthOf = ({ answered }: TurnRow) => answered?.length ?? 0;
  return turns.toSorted(
    (one, other) => other.has_changes - one.has_changes || lengthOf(other) - lengthOf(one) || other.pk - one.pk,
  )[0];
}

/** A session of which no turns are known. */
function beginningAndEnd(session: SessionRow, parts: LineParts): Candidate[] {
  const { title, conclusion } = session;
  const began = title === null ? [] : [`began ${quoted(title, 120)}`];
  const ended = conclusion === null ? [] : [`ended with ${quoted(conclusion, 280)}`];
  if (began.length + ended.length === 0) return [];
  return [line(session, session.last_event_at, [...began, ...ended].join('; '), parts, parts.worth)];
}
