import type { ObservationRow, SettlingRow } from './rows.ts';
import { stringsIn } from './strings-in.ts';

/** Commands whose failure leaves something open; a `cat` or `grep` that found nothing does not. */
const openEnded = new Set(['test', 'build', 'dependencies', 'database', 'operations']);

type CommandRow = Pick<ObservationRow, 'type' | 'failed' | 'subtitle' | 'concepts'>;

/** A call that never ran, because a person, a rule or a hook said no, or that a person stopped: nothing is broken by that. */
export function wasRefused(row: Pick<ObservationRow, 'failed' | 'subtitle'>): boolean {
  const error = row.subtitle ?? '';
  // What has an exit code did run, whatever its output says.
  if (row.failed === 0 || /^(?:Error: )?Exit code \d/.test(error)) return false;
  return refusals.test(error);
}

/** In the words of Claude Code and of its permission rules. */
const refusals =
  /doesn't want to (?:proceed|take this action)|tool use was rejected|was blocked|blocked by (?:a )?hook|hook (?:error|returned blocking error)|has been denied|permission[^·]*\bdenied by\b|haven't granted|requires? approval|interrupted by (?:the )?user|parallel tool call|sibling tool call/i;

/** A command that ran and whose failure leaves something open: no search that found nothing, and no refusal. */
export function leavesOpen(row: CommandRow): boolean {
  if (row.type !== 'command' || row.failed === 0 || wasRefused(row)) return false;
  return stringsIn(row.concepts).some((concept) => openEnded.has(concept));
}

/**
 * Commands that failed and were not seen to pass since, each once by its last failure; `rows` has the newest first, those that a
 * person has hidden among them: they are not told, but what they settle is settled.
 */
export function unresolvedFailures<Row extends SettlingRow>(rows: readonly Row[]): Row[] {
  const settled = new Set<string>();
  return rows.filter((row) => {
    if (row.type !== 'command' || wasRefused(row)) return false;
    const names = namesOf(row);
    const isSettled = names.some((name) => settled.has(name));
    // Whatever is older than its newest run says nothing more of a command, passed or failed.
    for (const name of names) settled.add(name);
    return leavesOpen(row) && !isSettled && row.is_unwanted === 0;
  });
}

/** Whether two runs are of the same command, as far as can be told. */
export function sharesName(one: NamedRow, other: NamedRow): boolean {
  const names = new Set(namesOf(one));
  return namesOf(other).some((name) => names.has(name));
}

type NamedRow = Pick<ObservationRow, 'title' | 'subtitle' | 'narrative' | 'failed'>;

/**
 * What a command may be known by: its description, and the command itself. That stands in the subtitle of one that passed; of one that
 * failed at the beginning of the narrative, where one without a description has its error.
 */
function namesOf(row: NamedRow): string[] {
  const firstOfNarrative = row.narrative?.split('\n', 1)[0]?.trim() ?? '';
  const isError = firstOfNarrative !== '' && row.subtitle?.startsWith(firstOfNarrative.slice(0, 200)) === true;
  const command = row.failed === 0 ? (row.subtitle ?? '') : isError ? '' : firstOfNarrative;
  return [row.title, command].map(plainCommand).filter((name) => name !== '');
}

/** Without the folder that is changed into first, what only shortens the output, and words that say that it runs again. */
export function plainCommand(text: string): string {
  return text
    .replace(/^\s*cd [^&;|]+(?:&&|;)\s*/, '')
    .replace(/\s*(?:2>&1)?\s*\|\s*(?:tail|head|tee|cat)\b.*$/, '')
    .replace(/\s*2>&1\s*$/, '')
    .replace(/\s+(?:again|once more|(?:after|to (?:verify|confirm|check))\b.*)$/i, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}
