import type { ContextLine } from '../../../shared/context-views.ts';
import { shortPath } from '../observe-fields.ts';
import { candidate, recency } from './candidate.ts';
import { leavesOpen } from './failures.ts';
import { observationLine } from './observation-lines.ts';
import { day, named, quoted } from './quoted.ts';
import type { ContextRows, ObservationRow, SessionRow } from './rows.ts';
import { stringsIn } from './strings-in.ts';

const mostPinned = 20;
const mostInDirectory = 6;
const mostOfBranch = 3;
const mostFiles = 4;
/** Branches that everybody works on say nothing about what a session is about. */
const commonBranch = /^(?:main|master|trunk|develop|dev|HEAD)$/;
/** A file is often failing when commands failed after changes of it in so many turns. */
const turnsOfAFailingFile = 2;

export interface Place {
  projectPk: number;
  /** The session that asks; -1 for one that is not there yet. */
  except: number;
  root: string;
  cwd: string;
  branch: string | null;
  newest: number;
}

/** What concerns this very place: what a person pinned, its directory, its branch, files that often fail. */
export function relevantLines(
  rows: ContextRows,
  place: Place,
  sessions: readonly SessionRow[],
  observations: readonly ObservationRow[],
): ContextLine[] {
  const pinned = rows
    .pinned(place.projectPk, place.except, mostPinned)
    .map((row) => observationLine(row, { section: 'relevant', reason: 'pinned', value: 0.95 }));
  return [
    ...pinned,
    ...directoryLines(rows, place),
    ...branchLines(place, sessions),
    ...fileLines(place, observations),
  ];
}

/** Only below the project's root: what was changed there is in the index anyway. */
function directoryLines(rows: ContextRows, place: Place): ContextLine[] {
  if (place.cwd === place.root || !place.cwd.startsWith(`${place.root}/`)) return [];
  return rows.inDirectory(place.cwd, place.projectPk, place.except, mostInDirectory).map((row) =>
    observationLine(row, {
      section: 'relevant',
      reason: 'same_directory',
      value: 0.35 + 0.25 * recency(row.occurred_at, place.newest),
    }),
  );
}

/** Sessions of the same branch that are too old to be told among the recent ones in full. */
function branchLines({ branch, newest }: Place, sessions: readonly SessionRow[]): ContextLine[] {
  if (branch === null || commonBranch.test(branch)) return [];
  return sessions
    .slice(2)
    .filter((session) => session.branch === branch && session.conclusion !== null)
    .slice(0, mostOfBranch)
    .map((session) =>
      candidate({
        section: 'relevant',
        reason: 'same_branch',
        text: `- ${day(session.last_event_at)} [${named(branch, 60)}] ended with ${quoted(session.conclusion ?? '', 280)}`,
        value: 0.45 + 0.25 * recency(session.last_event_at, newest),
        session: session.id,
      }),
    );
}

/** Files after whose change commands failed in several turns; `observations` has the newest first. */
function fileLines({ root, newest }: Place, observations: readonly ObservationRow[]): ContextLine[] {
  const failing = new Set<string>();
  const turns = new Map<string, { turns: Set<string>; last: ObservationRow }>();
  for (const row of observations) {
    const turn = `${row.session_pk} ${row.prompt_id ?? ''}`;
    if (leavesOpen(row)) failing.add(turn);
    else if (row.type === 'change' && failing.has(turn)) {
      for (const file of stringsIn(row.files_changed)) {
        const known = turns.get(file) ?? { turns: new Set<string>(), last: row };
        known.turns.add(turn);
        turns.set(file, known);
      }
    }
  }
  return [...turns]
    .filter(([, known]) => known.turns.size >= turnsOfAFailingFile)
    .toSorted(([, one], [, other]) => other.turns.size - one.turns.size || other.last.pk - one.last.pk)
    .slice(0, mostFiles)
    .map(([file, known]) =>
      candidate({
        section: 'relevant',
        reason: 'file_failed_before',
        text: `- ${named(shortPath(file, root), 160)}: commands failed after changes in ${known.turns.size} turns, last on ${day(known.last.occurred_at)}`,
        value: 0.4 + 0.2 * recency(known.last.occurred_at, newest),
        observation: known.last.id,
        session: known.last.session_id,
      }),
    );
}
