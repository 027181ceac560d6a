import { overlap, termsOf } from '../summaries/terms.ts';
import type { Lexicon } from './lexicon.ts';
import { passageSentences, type Passage } from './passage.ts';
import { hasCue, type Question } from './question.ts';

export interface RankedSentence {
  text: string;
  /** Where it stands among its passage's. */
  position: number;
  score: number;
  /** By which its score is multiplied: who said it, and whether it could be an answer. */
  worth: number;
}

export interface RankedPassage {
  passage: Passage;
  sentences: RankedSentence[];
  /** Of its best sentence. */
  score: number;
  /** How much of the question it and what it is about account for, 0 to 1. */
  coverage: number;
  /** It means nearly what the question means. */
  isNear: boolean;
}

/** By the questions of ask.test.ts, in both languages, with and without an answer in memory. */
const weights = { own: 0.3, together: 0.35, likeness: 0.25, cue: 0.1 };
/** A passage that covers less of a question, and is not near to it in meaning either, is about something else. */
const leastCoverage = 0.42;
/** Beside one that speaks to it: a question of two parts has its answer in two places. */
const leastCoverageBeside = 0.3;
const leastLikeness = 0.5;
/** A third of a millisecond each. */
const passagesLikened = 20;
const sentencesLikened = 6;
/** Beside a near meaning words must not be missing altogether. */
const coverageBesideLikeness = 0.15;

/** Passages that speak to the question, the best first; those that do not are left out. */
export function rankPassages(question: Question, passages: readonly Passage[], lexicon: Lexicon): RankedPassage[] {
  const byWords = passages
    .map((passage) => rankByWords(question, passage, lexicon))
    .filter((one) => one !== null)
    .toSorted(bestFirst);
  const { likeness } = lexicon;
  const ranked =
    likeness === null
      ? byWords
      : [...byWords.slice(0, passagesLikened).map((one) => liken(one, likeness)), ...byWords.slice(passagesLikened)];
  const isSpokenTo = ranked.some(({ coverage, isNear }) => isNear || coverage >= leastCoverage);
  if (!isSpokenTo) return [];
  return ranked.filter(({ coverage, isNear }) => isNear || coverage >= leastCoverageBeside).toSorted(bestFirst);
}

function bestFirst(one: RankedPassage, other: RankedPassage): number {
  return other.score - one.score || other.passage.occurredAt - one.passage.occurredAt;
}

/**
 * What came of things, the newest first, for a question about a time that names nothing else: a session by the title of its
 * summary, or where it has none by what it concluded.
 */
export function latestPassages(passages: readonly Passage[]): RankedPassage[] {
  const summarised = new Set(passages.filter(({ kind }) => kind === 'summary').map(({ sessionId }) => sessionId));
  return passages
    .flatMap((passage): RankedPassage[] => {
      const isSummary = passage.kind === 'summary';
      if (!isSummary && (passage.isAsked || !passage.isTold || summarised.has(passage.sessionId))) return [];
      const texts = isSummary ? [passage.title] : passageSentences(passage);
      if (texts.length === 0) return [];
      const sentences = texts.map((text, position) => ({ text, position, score: 0.5 ** position, worth: 1 }));
      return [{ passage, sentences, coverage: 0, isNear: false, score: 1 }];
    })
    .toSorted((one, other) => other.passage.occurredAt - one.passage.occurredAt);
}

function rankByWords(question: Question, passage: Passage, lexicon: Lexicon): RankedPassage | null {
  const about = new Set(lexicon.textTerms(passage.about));
  const whole = new Set([...about, ...lexicon.textTerms(passage.text)]);
  const coverage = [...question.telling].some((term) => whole.has(term)) ? covered(question, whole) : 0;
  // Most of what is kept has nothing to do with a question, and sentences are dear.
  if (coverage < coverageBesideLikeness) return null;
  const texts = passageSentences(passage);
  if (texts.length === 0) return null;
  const asked = new Set(termsOf(question.text));
  const sentences = texts.map((text, position): RankedSentence => {
    const terms = new Set(lexicon.textTerms(text));
    const own = covered(question, terms);
    const together = covered(question, new Set([...terms, ...about]));
    const cue = hasCue(question.kind, text) ? together : 0;
    const worth = passage.standing * answering(text, asked);
    const score = (weights.own * own + weights.together * together + weights.cue * cue) * worth;
    return { text, position, score, worth };
  });
  return { passage, sentences, coverage, isNear: false, score: bestOf(sentences) };
}

/** Adds what the best sentences mean. */
function liken(ranked: RankedPassage, likeness: (text: string) => number): RankedPassage {
  const best = new Set(ranked.sentences.toSorted((one, other) => other.score - one.score).slice(0, sentencesLikened));
  let nearest = 0;
  const sentences = ranked.sentences.map((sentence) => {
    if (!best.has(sentence)) return sentence;
    const near = Math.max(0, likeness(sentence.text));
    nearest = Math.max(nearest, near);
    return { ...sentence, score: sentence.score + weights.likeness * near * sentence.worth };
  });
  return { ...ranked, sentences, isNear: nearest >= leastLikeness, score: bestOf(sentences) };
}

function bestOf(sentences: readonly RankedSentence[]): number {
  return Math.max(...sentences.map(({ score }) => score));
}

/** Share of what the question says that the terms have. */
function covered({ terms, weight }: Question, has: ReadonlySet<string>): number {
  if (weight === 0) return 0;
  let sum = 0;
  for (const [term, rarity] of terms) if (has.has(term)) sum += rarity;
  return sum / weight;
}

/** A question answers none, and what only says the question again tells nothing. */
function answering(sentence: string, asked: ReadonlySet<string>): number {
  if (/[?？]\s*$/.test(sentence)) return 0.35;
  const terms = new Set(termsOf(sentence));
  const isEcho = terms.size > 0 && terms.size <= asked.size + 2 && overlap(terms, asked) >= 0.85;
  return isEcho ? 0.6 : 1;
}
