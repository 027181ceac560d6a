import { isNearlySame, termsOf } from '../summaries/terms.ts';
import type { Question } from './question.ts';
import type { RankedPassage } from './rank.ts';

const usualSentences = 4;
const mostOfPassage = 2;
/** Weaker sentences beside a good one lead away from it. */
const leastShare = 0.62;
/** What tools said is shown beside a sentence of somebody's only when it is as good. */
const leastShareOfTools = 0.85;

export interface ExtractiveAnswer {
  /** One sentence a line, each with its citation. */
  text: string;
  /** Numbers of the sources that it cites. */
  cited: number[];
}

const nothingFound: Record<Question['language'], string> = {
  en: 'Nothing in memory speaks to this question.',
  zh: '记忆中没有与这个问题有关的内容。',
};

/** What is said where nothing was found, in the language of the question. */
export function noAnswer({ language }: Pick<Question, 'language'>): string {
  return nothingFound[language];
}

/**
 * The sentences of the sources that speak to the question best, in the order in which they do, those of one source together.
 * Sources are numbered from 1 in the order of the passages. Null when there is none.
 */
export function extractiveAnswer(
  passages: readonly RankedPassage[],
  mostSentences = usualSentences,
): ExtractiveAnswer | null {
  const candidates = passages
    .flatMap(({ sentences, passage }, place) =>
      sentences.map((sentence) => ({
        ...sentence,
        number: place + 1,
        isAsked: passage.isAsked,
        isTold: passage.isTold,
      })),
    )
    .toSorted((one, other) => other.score - one.score || one.number - other.number || one.position - other.position);
  const best = candidates[0]?.score ?? 0;
  const chosen: { text: string; number: number; position: number; terms: Set<string> }[] = [];
  for (const { text, number, position, score, isAsked, isTold } of candidates) {
    if (chosen.length === mostSentences || score < best * leastShare) break;
    if (!isTold && score < best * leastShareOfTools) continue;
    // What was asked is told only where nothing came of it.
    if (isAsked && chosen.length > 0) continue;
    const terms = new Set(termsOf(text));
    const isSaid = chosen.some((other) => other.text === text || isNearlySame(other.terms, terms));
    if (isSaid || chosen.filter((other) => other.number === number).length === mostOfPassage) continue;
    chosen.push({ text, number, position, terms });
  }
  if (chosen.length === 0) return null;
  const order = [...new Set(chosen.map(({ number }) => number))];
  const lines = order.flatMap((number) =>
    chosen
      .filter((sentence) => sentence.number === number)
      .toSorted((one, other) => one.position - other.position)
      .map(({ text }) => `${text} [${number}]`),
  );
  return { text: lines.join('\n'), cited: order.toSorted((one, other) => one - other) };
}
