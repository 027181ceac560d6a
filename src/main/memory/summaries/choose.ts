import type { Candidate } from './candidates.ts';
import type { Kind } from './cues.ts';
import { isNearlySame, termsOf } from './terms.ts';

/** What was told already, so that nothing is told twice. */
export interface Told {
  has(terms: ReadonlySet<string>): boolean;
  add(terms: ReadonlySet<string>): void;
}

export function nothingTold(): Told {
  const told: ReadonlySet<string>[] = [];
  return {
    has: (terms) => told.some((earlier) => isNearlySame(terms, earlier)),
    add: (terms) => void told.push(terms),
  };
}

/** The best of a kind that say something new, in the order in which they were said. */
export function chosen(
  candidates: readonly Candidate[],
  kind: Kind,
  limit: number,
  told: Told,
  least = 0,
): Candidate[] {
  const found = new Set<Candidate>();
  const best = candidates
    .filter((candidate) => candidate.kind === kind && candidate.score >= least)
    .toSorted((one, other) => other.score - one.score);
  for (const candidate of best) {
    if (found.size >= limit) break;
    if (told.has(candidate.terms)) continue;
    told.add(candidate.terms);
    found.add(candidate);
  }
  return candidates.filter((candidate) => found.has(candidate));
}

/** Texts that say something new, at most so many. */
export function fresh(texts: readonly string[], limit: number, told: Told): string[] {
  const found: string[] = [];
  for (const text of texts) {
    if (found.length >= limit) break;
    const terms = new Set(termsOf(text));
    if (told.has(terms)) continue;
    told.add(terms);
    found.push(text);
  }
  return found;
}
