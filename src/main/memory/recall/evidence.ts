import type { SearchAnswer, SearchHit } from '../../../shared/search-views.ts';

/**
 * How sure it is that a hit is about the prompt, measured by bench/injection (`node bench/injection/main.ts`): evidence at which
 * no more than a few in a hundred of its irrelevant prompts are given anything.
 */
export const leastEvidence = 1.42;
/** Without vectors words have to say it all. */
const leastEvidenceOfWords = 1.1;
/** Words of a prompt that a hit must account for, of the most that it could, where the meaning alone does not decide. */
const leastCoverage = 0.12;
const decidingCosine = 0.55;
/** By logistic regression on bench/injection's prompts, divided by the weight of the cosine. */
const weightOfWords = 0.6;
const scaleOfWords = 2;
/** Of the prompt's words, where no vectors were asked and scores say nothing absolute. */
const leastShare = 0.3;
const fewestWords = 2;

/**
 * Evidence on an absolute scale: the cosine, and how much rare vocabulary the hit, its neighbours and its session share with the
 * prompt. `rows` is the size of the memory: what a rare word says grows with its logarithm. 0 where too little of the prompt is covered.
 */
export function evidenceOf(hit: SearchHit, answer: Pick<SearchAnswer, 'mode' | 'terms'>, rows: number): number {
  const { observation, window, session, vector } = hit.voices;
  const voices = [observation, window, session];
  const cosine = Math.max(0, vector.raw);
  const coverage = voices.reduce((sum, { weight, normalized }) => sum + weight * normalized, 0);
  const raw = voices.reduce((sum, { weight, raw: score }) => sum + weight * score, 0);
  const isCovered = answer.mode === 'lexical' ? coversWords(hit, answer) : coverage >= leastCoverage;
  if (!isCovered && cosine < decidingCosine) return 0;
  return cosine + weightOfWords * Math.log1p((scaleOfWords * raw) / Math.log(2 * rows + 1));
}

/** The evidence that an answer's hits have to reach. */
export function thresholdOf(answer: Pick<SearchAnswer, 'mode'>): number {
  return answer.mode === 'lexical' ? leastEvidenceOfWords : leastEvidence;
}

function coversWords({ matched_terms: matched }: SearchHit, { terms }: Pick<SearchAnswer, 'terms'>): boolean {
  return matched.length >= fewestWords && matched.length >= leastShare * terms.length;
}
