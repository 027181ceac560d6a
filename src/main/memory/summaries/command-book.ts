import { plainCommand, wasRefused } from '../context/failures.ts';
import { stringsIn } from '../context/strings-in.ts';
import { conceptsOfCommand } from '../command-concepts.ts';
import { firstLine } from '../excerpts.ts';
import type { CommandFact } from './facts.ts';
import { errorLine, resultLine } from './output-line.ts';
import type { CallRow } from './rows.ts';

interface Entry extends CommandFact {
  names: string[];
  at: number;
  runs: number;
  isHidden: boolean;
}

/** More commands than that are not held; those that say the least go first. */
const mostHeld = 400;
const longestCommand = 200;
/** Looks at something and leaves nothing behind. */
const looking =
  /^(?:cd|ls|ll|cat|head|tail|less|more|grep|rg|ag|find|fd|pwd|echo|printf|wc|sed -n|awk|which|type|whoami|env|date|tree|stat|file|du|df|ps|sleep|jq|diff|true|test|\[|git (?:status|diff|log|show|branch|rev-parse|remote|blame|ls-files|stash list|config))(?=\s|$)/;
const openEnded = new Set(['test', 'build', 'dependencies', 'database', 'operations']);

/** Takes in a session's commands as they ran; one that ran again is one, by its last outcome. */
export function createCommandBook() {
  const byName = new Map<string, Entry>();
  const entries = new Set<Entry>();

  function add(row: CallRow, promptId: string | null): void {
    if (wasRefused(row)) return;
    const full = (row.command ?? row.title).trim();
    if (full === '') return;
    const label = row.title === firstLine(full) ? '' : plainCommand(row.title);
    const failed = row.failed === 1;
    // What passed together has passed, each part of it.
    const parts = failed ? [] : full.split(/\s*&&\s*|\n/).map(plainCommand);
    const names = [plainCommand(full), label, ...parts.slice(0, 6)].filter(
      (name) => name !== '' && !looking.test(name),
    );
    const known = names.map((name) => byName.get(name)).find((entry) => entry !== undefined);
    const concepts = row.concepts === '[]' ? conceptsOfCommand(full) : stringsIn(row.concepts);
    const note = failed ? errorLine(row.narrative, row.subtitle) : resultLine(row.narrative, concepts, full);
    const isLooking = looking.test(bareCommand(full));
    const matters =
      !isLooking &&
      (concepts.some((concept) => openEnded.has(concept)) ||
        /\b(?:tests?|specs?|build|lint|typecheck)\b|测试|构建/i.test(label));
    const entry: Entry = {
      command: shownCommand(full),
      label: label === '' ? shownCommand(full) : label,
      promptId,
      outcome: failed ? 'failed' : 'passed',
      note,
      matters: matters || known?.matters === true,
      failedBefore: failed ? null : known?.outcome === 'failed' ? (known.note ?? null) : (known?.failedBefore ?? null),
      names: [...new Set([...(known?.names ?? []), ...names])].slice(-8),
      at: row.occurred_at,
      runs: (known?.runs ?? 0) + 1,
      isHidden: row.is_unwanted === 1,
    };
    if (known !== undefined) entries.delete(known);
    entries.add(entry);
    for (const name of entry.names) byName.set(name, entry);
    if (entries.size > mostHeld * 2) trim();
  }

  function trim(): void {
    const least = [...entries].toSorted((one, other) => worth(other) - worth(one)).slice(mostHeld);
    for (const entry of least) {
      entries.delete(entry);
      for (const name of entry.names) if (byName.get(name) === entry) byName.delete(name);
    }
  }

  return {
    add,
    /** Those that say something, the most telling first, at most `limit`. */
    list(limit: number): CommandFact[] {
      return [...entries]
        .filter((entry) => !entry.isHidden && (hasFailed(entry) || !looking.test(bareCommand(entry.command))))
        .map((entry, position) => ({ entry, position }))
        .toSorted((one, other) => worth(other.entry) - worth(one.entry) || one.position - other.position)
        .slice(0, limit)
        .toSorted((one, other) => one.position - other.position)
        .map(({ entry: { command, label, promptId, outcome, note, matters, failedBefore } }) => ({
          command,
          label,
          promptId,
          outcome,
          note,
          matters,
          failedBefore,
        }));
    },
  };
}

/** A search that ends without a word found nothing; that is no failure. */
function hasFailed({ outcome, note, command }: Entry): boolean {
  return outcome === 'failed' && (note !== null || !looking.test(bareCommand(command)));
}

function worth(entry: Entry): number {
  const isLooking = looking.test(bareCommand(entry.command));
  return (
    (entry.matters ? 4 : 0) +
    (entry.outcome === 'failed' ? (isLooking ? 1 : 2) : 0) +
    (entry.failedBefore === null ? 0 : 2) +
    (isLooking ? -3 : 0) +
    (entry.note === null ? 0 : 0.5)
  );
}

const bareCommand = (command: string) => command.replace(/^\s*(?:cd [^&;|]+(?:&&|;)\s*|\w+=\S*\s+|sudo\s+)*/, '');

/** Its first line without the folder that is changed into; cut at a word where it is long. */
function shownCommand(command: string): string {
  const line = firstLine(command.replace(/^\s*cd [^&;|\n]+(?:&&|;)\s*/, ''), longestCommand);
  return line === '' ? firstLine(command, longestCommand) : line;
}
