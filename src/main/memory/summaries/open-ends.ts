import type { Candidate, TellableTurn } from './candidates.ts';
import { chosen, fresh, nothingTold } from './choose.ts';
import type { SummaryFacts } from './facts.ts';
import { phrases } from './phrases.ts';
import { overlap } from './terms.ts';
import { topicOfTurn } from './episodes.ts';

/** What a later turn takes up is open no more. */
const takenUp = 0.5;

export interface OpenEnds {
  lines: string[];
  isFailing: boolean;
}

/** What was left: the ledger's proofs first, then what the agent said of it. */
export function openEnds(
  facts: SummaryFacts,
  turns: readonly TellableTurn[],
  candidates: readonly Candidate[],
  limit: number,
): OpenEnds {
  const { failing, task, asked, quoted } = phrases[facts.language];
  const failures = facts.work.commands.filter(({ matters, outcome }) => matters && outcome === 'failed');
  const last = turns.at(-1)?.index ?? -1;
  const isAnswered = facts.ending === 'answered';
  const told = nothingTold();
  const left = candidates.filter((candidate) => candidate.kind === 'open' && !isTakenUp(candidate, turns, candidates));
  const questions = candidates.filter(({ kind, turn, isLast }) => kind === 'question' && turn === last && isLast);
  const lines = [
    ...fresh(interrupted(facts, turns), 1, told),
    ...fresh(
      failures.map(({ label, note }) => failing(quoted(label), note)),
      3,
      told,
    ),
    ...fresh(facts.work.openTasks.map(task), 6, told),
    ...chosen(left, 'open', limit, told).map(({ text }) => text),
    ...(isAnswered ? chosen(questions, 'question', 1, told).map(({ text }) => asked(text)) : []),
  ];
  return { lines: lines.slice(0, limit + 2), isFailing: failures.length > 0 };
}

function interrupted(facts: SummaryFacts, turns: readonly TellableTurn[]): string[] {
  const last = turns.at(-1);
  if (facts.ending === 'answered' || last === undefined || last.index !== facts.turns.length - 1) return [];
  const { unanswered, providerFailed } = phrases[facts.language];
  const request = topicOfTurn(last) ?? last.wishes[0]?.text;
  if (request === undefined) return [];
  return [facts.ending === 'failed' ? providerFailed(request) : unanswered(request)];
}

function isTakenUp(candidate: Candidate, turns: readonly TellableTurn[], candidates: readonly Candidate[]): boolean {
  const later = turns.filter(({ index }) => index > candidate.turn);
  if (later.some(({ terms }) => overlap(candidate.terms, terms) >= takenUp && terms.size > 1)) return true;
  return candidates.some(
    ({ kind, turn, terms }) =>
      kind === 'done' && turn > candidate.turn && terms.size > 2 && overlap(candidate.terms, terms) >= takenUp,
  );
}
