import {
  compare,
  createComparer,
  overlap,
  type Embed,
  type ReadStatement,
} from '../../src/main/memory/learnings/relation.ts';
import type { Stem } from '../../src/main/memory/learnings/statement.ts';
import { truthOf, type Planted } from './generate.ts';
import type { HardPair } from './hard-pairs.ts';

type Truth = 'duplicate' | 'contradiction' | 'different';

export interface Score {
  precision: number;
  recall: number;
  /** How many there are to be found. */
  planted: number;
}

export interface Judged {
  truth: Truth;
  a: ReadStatement;
  b: ReadStatement;
}

/** What judges a pair; the baselines are judges too. */
export type Judge = (a: ReadStatement, b: ReadStatement) => Truth;

/** Every pair of the same language, and the hard ones, with what is true of them. */
export function pairsOf(
  planted: readonly Planted[],
  hard: readonly HardPair[],
  tools: { stem: Stem; embed: Embed },
): Judged[] {
  const { read } = createComparer(tools);
  const statements = planted.map((one) => ({ one, read: read(one.statement) }));
  const pairs: Judged[] = hard.map(({ truth, a, b }) => ({ truth, a: read(a), b: read(b) }));
  for (const [index, a] of statements.entries()) {
    for (const b of statements.slice(index + 1)) {
      if (a.one.language === b.one.language) pairs.push({ truth: truthOf(a.one, b.one), a: a.read, b: b.read });
    }
  }
  return pairs;
}

/** Of one kind: how many of those that were called so are, and how many of those that are were found. */
export function score(pairs: readonly Judged[], judge: Judge, kind: 'duplicate' | 'contradiction'): Score {
  let [called, right, planted] = [0, 0, 0];
  for (const { truth, a, b } of pairs) {
    const isCalled = judge(a, b) === kind;
    if (isCalled) called++;
    if (truth === kind) planted++;
    if (isCalled && truth === kind) right++;
  }
  return { precision: called === 0 ? 0 : right / called, recall: planted === 0 ? 0 : right / planted, planted };
}

export function f1({ precision, recall }: Score): number {
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}

export const ours: Judge = (a, b) => compare(a, b).kind;

const negated = /\b(?:never|not|don['’]?t|no|avoid|instead|rather)\b|不|禁止|别|而不是|代替/iu;

/** Similar enough is the same, unless exactly one of the two has a word of negation. */
export function baseline(likeness: (a: ReadStatement, b: ReadStatement) => number, threshold: number): Judge {
  return (a, b) => {
    if (likeness(a, b) < threshold) return 'different';
    return negated.test(a.statement.text) === negated.test(b.statement.text) ? 'duplicate' : 'contradiction';
  };
}

/** Of words as they are written, each once. */
export function jaccard(a: ReadStatement, b: ReadStatement): number {
  const dice = overlap(plainWords(a.statement.text), plainWords(b.statement.text));
  return dice / (2 - dice);
}

export function cosine(a: ReadStatement, b: ReadStatement): number {
  let sum = 0;
  for (const [at, value] of (a.vector ?? new Float32Array()).entries()) sum += value * (b.vector?.[at] ?? 0);
  return sum;
}

const kept = new Map<string, string[]>();
function plainWords(text: string): string[] {
  const known = kept.get(text);
  if (known !== undefined) return known;
  const words = [...new Set(text.toLowerCase().match(/[a-z0-9]+|\p{Script=Han}/gu) ?? [])];
  kept.set(text, words);
  return words;
}

/** The threshold, in steps of a twentieth, with which a baseline does best on these pairs: F1 of finding that kind. */
export function bestThreshold(
  pairs: readonly Judged[],
  likeness: (a: ReadStatement, b: ReadStatement) => number,
  kind: 'duplicate' | 'contradiction',
): number {
  const steps = Array.from({ length: 15 }, (_, step) => 0.25 + step * 0.05);
  const scored = steps.map((threshold) => ({ threshold, f1: f1(score(pairs, baseline(likeness, threshold), kind)) }));
  return scored.toSorted((a, b) => b.f1 - a.f1)[0]?.threshold ?? 0.5;
}
