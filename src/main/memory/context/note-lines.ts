import type { ContextSection } from '../../../shared/context-views.ts';
import { candidate, recency, type Candidate } from './candidate.ts';
import { day, named, quoted } from './quoted.ts';
import type { NoteRow } from './rows.ts';

/** In Latin letters; a hand-over of 300 words has some 1,800, and the newest is worth half of that. */
const longestNewest = 900;
const longestOther = 320;
const longestBrief = 120;

const mostOfSession = 2;

/** What was written down about where the work stands; what is cut off can be opened by its id. `notes` has the newest first. */
export function noteLines(notes: readonly NoteRow[], section: ContextSection, newest: number): Candidate[] {
  const counts = new Map<number, number>();
  return notes
    .filter(({ session_pk: session }) => {
      const count = (counts.get(session) ?? 0) + 1;
      counts.set(session, count);
      return count <= mostOfSession;
    })
    .map((note, position) => {
      const value = 0.6 + 0.35 * recency(note.occurred_at, newest) - 0.04 * position;
      const line = (longest: number) =>
        candidate({
          section,
          reason: 'session_note',
          text: textOf(note, longest),
          value,
          observation: note.id,
          session: note.session_id,
        });
      return { ...line(position === 0 ? longestNewest : longestOther), brief: line(longestBrief) };
    });
}

function textOf(note: NoteRow, longest: number): string {
  const place = note.branch === null ? '' : ` [${named(note.branch, 60)}]`;
  const told = quoted(wordsOf(note), longest);
  return `- ${day(note.occurred_at)}${place} ${told}${told.endsWith('…”') ? ` (goes on in ${note.id})` : ''}`;
}

/** A note's first line is its title, unless it was given another. */
function wordsOf({ title, narrative }: NoteRow): string {
  if (narrative === null) return title;
  const begins = narrative.replaceAll(/\s+/g, ' ').trimStart().startsWith(title.replace(/…$/, ''));
  return begins ? narrative : `${title}: ${narrative}`;
}
