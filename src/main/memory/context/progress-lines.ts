import type { ContextLine } from '../../../shared/context-views.ts';
import { shortPath } from '../observe-fields.ts';
import { candidate, type Candidate } from './candidate.ts';
import { unresolvedFailures } from './failures.ts';
import { noteLines } from './note-lines.ts';
import { day, named } from './quoted.ts';
import type { ContextRows, NoteRow, ObservationRow, SessionRow } from './rows.ts';
import { turnLines } from './session-lines.ts';
import { failureLines, todoLine } from './thread-lines.ts';
import { stringsIn } from './strings-in.ts';

const observationsRead = 2_000;
const mostFiles = 12;
const mostFailures = 4;

/**
 * What one session has done: what was noted of it, its turns, the files that it changed, what fails and what its todo list has open. For the session itself
 * after its conversation was summarised away, and for the one that was cleared a moment ago.
 */
export function progressLines(
  rows: ContextRows,
  session: SessionRow,
  { root, notes }: { root: string; notes: readonly NoteRow[] },
): Candidate[] {
  const observations = rows.ofSession(session.pk, observationsRead);
  const failures = unresolvedFailures(observations).slice(0, mostFailures);
  return [
    ...noteLines(
      notes.filter((note) => note.session_pk === session.pk),
      'progress',
      session.last_event_at,
    ),
    ...turnLines(session, rows.turns(session.pk), { section: 'progress', reason: 'before_compaction', worth: 0.9 }),
    ...changedFiles(
      session,
      observations.filter((row) => row.is_unwanted === 0),
      root,
    ),
    ...failureLines(failures, 'progress', session.last_event_at),
    ...todoLine(rows, session, 'progress', 0.95),
  ];
}

/** One line: which files, and how often, the last changed first. */
function changedFiles(session: SessionRow, observations: readonly ObservationRow[], root: string): ContextLine[] {
  const counts = new Map<string, number>();
  for (const row of observations) {
    if (row.type !== 'change' || row.failed === 1) continue;
    for (const file of stringsIn(row.files_changed)) counts.set(file, (counts.get(file) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  const shown = [...counts].slice(0, mostFiles).map(([file, count]) => {
    const path = named(shortPath(file, root), 100);
    return count === 1 ? path : `${path} (${count} times)`;
  });
  const more = counts.size > shown.length ? ` and ${counts.size - shown.length} more` : '';
  const text = `- ${day(session.last_event_at)} changed files: ${shown.join(', ')}${more}`;
  return [candidate({ section: 'progress', reason: 'before_compaction', text, value: 1, session: session.id })];
}
