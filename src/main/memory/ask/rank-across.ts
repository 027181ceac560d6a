import { languageOf } from '../summaries/language.ts';
import { passageSentences, type Passage } from './passage.ts';
import type { Question } from './question.ts';
import type { RankedPassage } from './rank.ts';

/**
 * By the built-in model: what answered a question came to 0.36 and more; of 23 Chinese questions about which 2,000 English clauses
 * said nothing, two did.
 */
const leastLikeness = 0.36;
/** Short texts are near to anything more easily. */
const clauseDiscount = 0.05;
const leastWords = { sentence: 4, clause: 3 };
/** Clauses of what is far away are not looked at: a third of a millisecond each. */
const leastOfSentence = 0.1;
const mostPassages = 60;
/** Learnings and memories come whole, not as a search found them. */
const mostStatements = 30;
const mostSentences = 5;
const mostAbout = 4;
const longestLine = 300;

/**
 * Passages in another language than the question's that mean what it asks, the best first. What a passage was said about
 * counts for its sentences, since a conclusion seldom repeats what went wrong.
 */
export function rankAcross(
  question: Question,
  passages: readonly Passage[],
  { likeness }: { likeness(text: string): number },
): RankedPassage[] {
  if (question.telling.size === 0) return [];
  const near = createNearness(likeness);
  const foreign = passages.filter(({ text }) => languageOf([text]) !== question.language);
  const isStatement = ({ kind }: Passage) => kind === 'learning' || kind === 'memory';
  const found = foreign.filter((passage) => !isStatement(passage)).slice(0, mostPassages);
  return [...found, ...foreign.filter(isStatement).slice(0, mostStatements)]
    .map((passage) => rankOne(passage, near))
    .filter((one) => one !== null)
    .toSorted((one, other) => other.score - one.score || other.passage.occurredAt - one.passage.occurredAt);
}

function rankOne(passage: Passage, near: (text: string) => number): RankedPassage | null {
  const texts = passageSentences(passage).slice(0, mostSentences);
  if (texts.length === 0) return null;
  const lines = passage.about.split('\n').filter(Boolean).slice(0, mostAbout);
  const about = Math.max(0, ...lines.map(near));
  const own = texts.map(near);
  if (Math.max(about, ...own) < leastLikeness) return null;
  const sentences = texts.map((text, position) => {
    const mine = own[position] ?? 0;
    const worth = passage.standing * (/[?？]\s*$/.test(text) ? 0.35 : 1);
    return { text, position, worth, score: ((mine + Math.max(mine, about)) / 2) * worth };
  });
  return { passage, sentences, coverage: 0, isNear: true, score: Math.max(...sentences.map(({ score }) => score)) };
}

/** How near a line, or a clause of it, comes to the question; lines repeat among the passages of a turn. */
function createNearness(likeness: (text: string) => number): (text: string) => number {
  const known = new Map<string, number>();
  return (text) => {
    const line = text.slice(0, longestLine).toWellFormed();
    const before = known.get(line);
    if (before !== undefined) return before;
    const whole = likeness(line);
    let nearest = wordsIn(line) < leastWords.sentence ? 0 : whole;
    if (whole >= leastOfSentence) {
      for (const clause of clausesOf(line)) nearest = Math.max(nearest, likeness(clause) - clauseDiscount);
    }
    known.set(line, nearest);
    return nearest;
  };
}

function clausesOf(line: string): string[] {
  return line.split(/[,;:]\s|[()“”"，。；：（）]|\s—\s/).filter((clause) => wordsIn(clause) >= leastWords.clause);
}

/** A Chinese word has about two characters. */
function wordsIn(text: string): number {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return han / 2 + (text.match(/[\p{Script=Latin}\p{N}_]+/gu)?.length ?? 0);
}
