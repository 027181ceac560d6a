import { isMachinePrompt } from '../../../shared/machine-prompt.ts';
import { centrality } from './centrality.ts';
import { isOffRecord, isStanding, kindUnder, standingWish, type Kind } from './cues.ts';
import type { SummaryFacts, TurnFacts } from './facts.ts';
import { isIn } from './language.ts';
import { givesCredential } from '../credential.ts';
import { capitalised, sentencesOf, type Sentence } from './sentences.ts';
import { overlap, termsOf } from './terms.ts';

/** “Remember that.” says nothing by itself; in UTF-16 code units, of which four are a short rule in Chinese. */
const shortestRule = 6;

/** A sentence that may be told. */
export interface Candidate {
  text: string;
  kind: Kind;
  /** What is compared when something has to be left out; 0 to about 1. */
  score: number;
  /** Index of its turn; of a compaction's sentences that of the last turn before it. */
  turn: number;
  terms: ReadonlySet<string>;
  /** It ends the turn's answer. */
  isLast: boolean;
}

/** A turn as far as it may be told. */
export interface TellableTurn {
  index: number;
  turn: TurnFacts;
  /** The prompt's sentences. */
  wishes: Sentence[];
  /** The person said how things are to be done from now on, and nothing was to be done now. */
  isStanding: boolean;
  terms: ReadonlySet<string>;
}

/** Centrality is quadratic; that many take some 20 ms (bench: summaries). */
const mostCompared = 240;
const cueWorth: Record<Kind, number> = {
  done: 1,
  learned: 1,
  open: 0.9,
  question: 0.8,
  investigated: 0.6,
  other: 0.35,
};

/** Turns without those that a machine began or that the person did not want to be remembered. */
export function tellableTurns({ turns }: SummaryFacts): TellableTurn[] {
  return turns.flatMap((turn, index) => {
    if (isMachinePrompt(turn.asked) || isOffRecord(turn.asked)) return [];
    const wishes = sentencesOf(turn.asked).filter(({ text }) => !givesCredential(text));
    const [first] = wishes;
    const standing = first !== undefined && isStanding(first.text) && turn.changes === 0;
    return [{ index, turn, wishes, isStanding: standing, terms: new Set(termsOf(turn.asked.slice(0, 2_000))) }];
  });
}

interface Draft extends Omit<Candidate, 'score' | 'terms'> {
  base: number;
  bag: string[];
}

/** All sentences worth a thought with what they are worth, in the order in which they were said. */
export function candidatesOf(facts: SummaryFacts, turns: readonly TellableTurn[]): Candidate[] {
  const files = facts.work.changed.map(({ path }) => path.split(/[/\\]/).at(-1) ?? path);
  const drafts = [
    ...(facts.compaction === null
      ? []
      : sentencesOf(facts.compaction.text)
          .filter(({ isLeadIn }) => !isLeadIn)
          .map((said) => compacted(facts, said, facts.compaction?.turns ?? 0))),
    ...turns.flatMap((turn) => draftsOf(facts, files, turn)),
  ];
  const best = new Set(drafts.toSorted((one, other) => other.base - one.base).slice(0, mostCompared));
  const kept = drafts.filter((each) => best.has(each));
  const central = centrality(kept.map(({ bag }) => bag));
  return kept.map(({ base, bag, ...candidate }, position) => ({
    ...candidate,
    terms: new Set(bag),
    score: 0.7 * base + 0.3 * (central[position] ?? 0),
  }));
}

function draftsOf(
  facts: SummaryFacts,
  files: readonly string[],
  { index, turn, wishes, isStanding: standing, terms }: TellableTurn,
): Draft[] {
  const rules = wishes
    .filter(({ text }) => isStanding(text) && standingWish(text).length >= shortestRule)
    .map(({ text }) =>
      draft(facts, { text: capitalised(standingWish(text)), kind: 'learned', turn: index, isLast: false }, 1),
    );
  // What is answered to a standing wish repeats it.
  if (standing) return rules;
  const isOver = turn.said.some(({ isFinal }) => isFinal);
  const answers = turn.said.flatMap(({ text, isFinal }) =>
    sentencesOf(text).flatMap((sentence, position) => {
      const kind = kindHere(sentence, turn, files);
      // What was said on the way is told where no answer came, or where it explains.
      const isNote = isOver && !isFinal;
      if (kind === null || (isNote && kind !== 'learned')) return [];
      const place = 1 / (1 + 0.12 * position);
      const isLast = sentence.isLast && (isFinal || !isOver);
      const said = new Set(termsOf(sentence.text));
      // “The review is done.” names one thing and says nothing of it.
      if (said.size < 2) return [];
      const related = overlap(said, terms);
      const worth = (0.4 * place + 0.35 * cueWorth[kind] + 0.25 * Math.min(1, related * 2)) * (isNote ? 0.55 : 1);
      return [draft(facts, { text: sentence.text, kind, turn: index, isLast }, worth)];
    }),
  );
  return [...rules, ...answers];
}

/** An answer in a turn that changed nothing is what was learned; one that names a file that was changed tells of the change. */
function kindHere(sentence: Sentence, turn: TurnFacts, files: readonly string[]): Kind | null {
  if (sentence.section === 'request' || sentence.isLeadIn) return null;
  if (sentence.isChecked !== null) return sentence.isChecked ? 'done' : 'open';
  const kind = kindUnder(sentence.section, sentence.text);
  // “It moves the branch back” explains a command to the person who asked for one.
  if (kind === 'done' && turn.calls === 0 && /^(?:it|this|that) \w+s\b/i.test(sentence.text)) return 'learned';
  if (kind !== 'other' || sentence.section === 'key') return kind;
  if (turn.changes === 0) return 'learned';
  return files.some((file) => sentence.text.includes(file)) ? 'done' : 'other';
}

function compacted(facts: SummaryFacts, { text, section, isChecked }: Sentence, turns: number): Draft {
  const kind = isChecked === null ? kindUnder(section, text) : isChecked ? 'done' : 'open';
  // It quotes the person at length.
  const worth = section === 'request' ? 0 : 0.35 + 0.35 * cueWorth[kind];
  return draft(facts, { text, kind, turn: turns - 1, isLast: false }, worth);
}

function draft(facts: SummaryFacts, said: Omit<Draft, 'base' | 'bag'>, worth: number): Draft {
  const isConcrete = /\d|[\w-]+\.\w{1,5}\b|[a-z][A-Z]|\w_\w/.test(said.text);
  const language = isIn(facts.language, said.text) ? 1 : 0.6;
  return { ...said, base: worth * language * (isConcrete ? 1 : 0.88), bag: termsOf(said.text) };
}
