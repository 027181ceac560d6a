import { isMachinePrompt } from '../../../shared/machine-prompt.ts';
import type { ReadableDb } from '../../store/database.ts';
import { openTasks } from '../context/open-tasks.ts';
import { stringsIn } from '../context/strings-in.ts';
import { resultText, shortPath } from '../observe-fields.ts';
import { createCommandBook } from './command-book.ts';
import type { ChangedFile, Compaction, SummaryFacts, TurnFacts, WorkFacts } from './facts.ts';
import { languageOf } from './language.ts';
import { createSummaryRows, type CallRow, type MessageRow, type PlaceRow, type PromptRow } from './rows.ts';
import { boundedText } from './bounded-text.ts';

/** Characters of speech that a summary looks at; with more, each turn has its share. */
const mostSpeech = 240_000;
const leastSpeechOfTurn = 800;
const notesKept = 24;
const mostListed = 40;
const mostCommands = 60;
const mostFiles = 200;
const mostPlans = 200;
const longestReport = 4_000;

export interface GatheredFacts {
  place: PlaceRow;
  facts: SummaryFacts;
  /** When what is told ended. */
  until: number;
  /** The client's own summaries, the oldest first, each with how many of the turns had begun by then. */
  compactions: { text: string; at: number; turns: number }[];
}

/** Reads what a turn's or a session's summary is made of; what a person has hidden or marked wrong is left out. */
export function createFactGatherer(db: ReadableDb) {
  const rows = createSummaryRows(db);

  /** Null when there is no such session; `promptId` narrows to that turn, which is null when there is none. */
  function gather(sessionPk: number, promptId: string | null): GatheredFacts | null {
    return db.snapshot(() => read(sessionPk, promptId));
  }

  function read(sessionPk: number, promptId: string | null): GatheredFacts | null {
    const place = rows.place(sessionPk);
    if (place === null) return null;
    const turns = createTurns(rows.prompts(sessionPk), promptId);
    if (promptId !== null && turns.wanted === null) return null;
    const work = createWork(place.root);
    let until = turns.wanted?.at ?? place.started_at;
    for (const row of rows.calls(sessionPk)) {
      const turn = turns.of(row);
      if (turn === null) continue;
      work.add(row, turn.facts.promptId);
      if (row.is_unwanted === 1) continue;
      until = Math.max(until, row.occurred_at);
      turn.facts.calls++;
      if (row.type === 'change' && row.failed === 0) turn.facts.changes++;
    }
    const compactions: GatheredFacts['compactions'] = [];
    for (const row of rows.messages(sessionPk)) {
      const turn = turns.of(row);
      if (turn === null) continue;
      until = Math.max(until, row.occurred_at);
      if (row.role === 'summary') {
        compactions.push({ text: row.text, at: row.occurred_at, turns: turns.begunBy(row.occurred_at) });
      } else turn.hear(row);
    }
    const told = turns.list();
    const asked = told.map(({ asked: text }) => text).filter((text) => text !== '');
    const language = languageOf(asked.length > 0 ? asked : told.flatMap(({ said }) => said.map(({ text }) => text)));
    const compaction = promptId === null ? compactionOf(compactions.at(-1)) : null;
    const ending = endingOf(told.at(-1), turns.isNewest ? rows.lastStop(sessionPk) : null);
    return { place, facts: { language, turns: told, compaction, work: work.facts(), ending }, until, compactions };
  }

  return gather;
}

/** Without the time, which says nothing. */
function compactionOf(last: GatheredFacts['compactions'][number] | undefined): Compaction | null {
  return last === undefined ? null : { text: last.text, turns: last.turns };
}

function endingOf(last: TurnFacts | undefined, lastStop: string | null): SummaryFacts['ending'] {
  if (lastStop === 'StopFailure') return 'failed';
  const isAnswered = last === undefined || last.said.some(({ isFinal }) => isFinal);
  return isAnswered ? 'answered' : 'unanswered';
}

interface Turn {
  at: number;
  facts: TurnFacts;
  hear(row: MessageRow): void;
}

/** Gives each row its turn: by the prompt's id, and where that is none of a person's, by the time. */
function createTurns(prompts: readonly PromptRow[], promptId: string | null) {
  const told = prompts.filter(({ text }) => !isMachinePrompt(text));
  const share = Math.max(leastSpeechOfTurn, Math.floor(mostSpeech / Math.max(1, told.length)));
  const turns = told.map((prompt) => newTurn(prompt, share));
  const byId = new Map(
    turns.flatMap((turn) => (turn.facts.promptId === null ? [] : [[turn.facts.promptId, turn] as const])),
  );
  const wanted = promptId === null ? null : (byId.get(promptId) ?? null);
  // What happened before the first prompt that is known.
  const before = newTurn({ prompt_id: null, text: '', occurred_at: 0 }, share);

  function byTime(at: number): Turn {
    let [low, high] = [0, turns.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((turns[middle]?.at ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return turns[low - 1] ?? before;
  }

  return {
    wanted,
    isNewest: wanted === null || wanted === turns.at(-1),
    /** Null for what belongs to another turn than the wanted one. */
    of(row: Pick<CallRow, 'prompt_id' | 'occurred_at'>): Turn | null {
      const turn = (row.prompt_id === null ? undefined : byId.get(row.prompt_id)) ?? byTime(row.occurred_at);
      return wanted === null || turn === wanted ? turn : null;
    },
    begunBy: (at: number): number => list().filter((turn) => turn.at <= at).length,
    list: (): TurnFacts[] => list().map(({ facts }) => facts),
  };

  function list(): Turn[] {
    if (wanted !== null) return [wanted];
    const isEmpty = before.facts.calls === 0 && before.facts.said.length === 0;
    return [...(isEmpty ? [] : [before]), ...turns];
  }
}

function newTurn({ prompt_id, text, occurred_at }: PromptRow, share: number): Turn {
  const facts: TurnFacts = { promptId: prompt_id, asked: boundedText(text, share), said: [], calls: 0, changes: 0 };
  return {
    at: occurred_at,
    facts,
    hear({ is_final, text: said }) {
      const isFinal = is_final === 1;
      facts.said.push({ text: boundedText(said, isFinal ? share : Math.min(share, 2_000)), isFinal });
      const notes = facts.said.filter((each) => !each.isFinal);
      if (notes.length > notesKept) facts.said = facts.said.filter((each) => each !== notes[0]);
    },
  };
}

function createWork(root: string) {
  const short = (path: string) => shortPath(path, root);
  const read = new Set<string>();
  const changed = new Map<string, ChangedFile>();
  const commands = createCommandBook();
  const commits = new Set<string>();
  const searches = new Map<string, string | null>();
  const researched = new Set<string>();
  const delegated: WorkFacts['delegated'] = [];
  const plans: { id: string; tool: string | null; input: string | null; result: string | null }[] = [];

  function add(row: CallRow, promptId: string | null): void {
    // A hidden run is not told, but what it settled is settled.
    if (row.type === 'command') commands.add(row, promptId);
    if (row.is_unwanted === 1) return;
    if (row.type === 'command') for (const subject of commitsOf(row)) commits.add(subject);
    if (row.failed === 1) return;
    if (row.type === 'change') for (const path of stringsIn(row.files_changed)) change(short(path), row.is_new === 1);
    else if (row.type === 'delegation') {
      delegated.push({ task: row.title, result: reportOf(row) });
      if (delegated.length > mostListed) delegated.shift();
    } else if (row.type === 'research') researched.add(row.title);
    else if (row.type === 'plan' && row.tool !== 'ExitPlanMode' && row.agent_id === null) {
      plans.push({ id: String(row.pk), tool: row.tool, input: row.input, result: row.result });
      if (row.tool === 'TodoWrite' || plans.length > mostPlans) {
        plans.splice(0, plans.length - (row.tool === 'TodoWrite' ? 1 : mostPlans));
      }
    }
    // What a subagent looked at is told by what it reported.
    if (row.agent_id !== null) return;
    const files = stringsIn(row.files_read);
    for (const path of files) if (read.size < mostFiles) read.add(short(path));
    if (row.type === 'discovery' && files.length === 0 && row.tool !== 'LS' && searches.size < mostListed) {
      searches.set(row.title, /→ (\d+)$/.exec(row.subtitle ?? '')?.[1] ?? null);
    }
  }

  function change(path: string, isNew: boolean): void {
    const known = changed.get(path);
    if (known === undefined && changed.size >= mostFiles) return;
    changed.set(path, { path, edits: (known?.edits ?? 0) + 1, isNew: known?.isNew ?? isNew });
  }

  return {
    add,
    facts: (): WorkFacts => ({
      read: [...read],
      changed: [...changed.values()].toSorted((one, other) => other.edits - one.edits),
      commands: commands.list(mostCommands),
      commits: [...commits].slice(-mostListed),
      searches: [...searches].map(([pattern, found]) => ({ pattern, found })),
      researched: [...researched].slice(-mostListed),
      delegated,
      openTasks: openTasks(plans.toReversed())?.open.slice(0, mostListed) ?? [],
    }),
  };
}

/** Of `git commit -m "…"`, by hand or from a here-document. */
function commitsOf({ command, failed }: CallRow): string[] {
  if (failed === 1 || command === null || !/\bgit\b[^\n]*\bcommit\b/.test(command)) return [];
  const subject =
    /<<-?\s*['"]?\w+['"]?\n\s*([^\n]+)/.exec(command)?.[1] ??
    /\s-[a-z]*m\s*(?:"((?:[^"\\\n]|\\.)+)|'([^'\n]+))/.exec(command)?.slice(1).find(Boolean);
  return subject === undefined || subject.startsWith('$(') ? [] : [subject.replaceAll('\\"', '"').trim().slice(0, 200)];
}

/** What a subagent reported; a text that is no JSON is the report itself. */
function reportOf({ result }: CallRow): string {
  if (result === null) return '';
  try {
    return boundedText(resultText(JSON.parse(result)), longestReport);
  } catch {
    return boundedText(result, longestReport);
  }
}
