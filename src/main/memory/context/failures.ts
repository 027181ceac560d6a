import type { ObservationRow } from './rows.ts';
import { stringsIn } from './strings-in.ts';

/** Commands whose failure leaves something open; a `cat` or `grep` that found nothing does not. */
const openEnded = new Set(['test', 'build', 'dependencies', 'database', 'operations']);

/** Commands that failed and were not seen to pass since, each once by its last failure; `rows` has the newest first. */
export function unresolvedFailures(rows: readonly ObservationRow[]): ObservationRow[] {
  const settled = new Set<string>();
  return rows.filter((row) => {
    if (row.type !== 'command') return false;
    const names = namesOf(row);
    const isSettled = names.some((name) => settled.has(name));
    // Whatever is older than its newest run says nothing more of a command, passed or failed.
    for (const name of names) settled.add(name);
    return row.failed === 1 && !isSettled && isOpenEnded(row);
  });
}

function isOpenEnded(row: ObservationRow): boolean {
  return stringsIn(row.concepts).some((concept) => openEnded.has(concept));
}

/**
 * What a command may be known by: its description, and the command itself, which stands in the subtitle of one that passed and at the
 * beginning of the narrative of one that failed.
 */
function namesOf(row: ObservationRow): string[] {
  const firstOfNarrative = row.narrative?.split('\n', 1)[0] ?? '';
  const command = row.failed === 1 ? firstOfNarrative : (row.subtitle ?? '');
  return [row.title, command].map(plainCommand).filter((name) => name !== '');
}

/** Without the folder that is changed into first, what only shortens the output, and words that say that it runs again. */
function plainCommand(text: string): string {
  return text
    .replace(/^\s*cd [^&;|]+(?:&&|;)\s*/, '')
    .replace(/\s*(?:2>&1)?\s*\|\s*(?:tail|head|tee|cat)\b.*$/, '')
    .replace(/\s*2>&1\s*$/, '')
    .replace(/\s+(?:again|once more|(?:after|to (?:verify|confirm|check))\b.*)$/i, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
