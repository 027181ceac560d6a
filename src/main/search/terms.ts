import { normalise } from './normalise.ts';
import { scanTerms } from './scan-terms.ts';
import type { TermKind } from './scan-terms.ts';
import { blankChineseStopWords, isStopWord } from './stop-words.ts';

export interface QueryTerm {
  /** As it stands in the index. */
  term: string;
  /** As it was written, in lower case. */
  surface: string;
  /** What terms may also begin with; null when only the term itself counts. */
  prefix: string | null;
}

/** Distinct, in the order of the query. */
export type QueryTerms = QueryTerm[];

/** More distinct terms than this are not looked at; which of them are used is decided by their rarity. */
const mostQueryTerms = 150;
const shortestPrefix = 2;

/** Terms of a text as the index keeps them, in order, with repetitions. */
export function indexTerms(text: string): string[] {
  const terms: string[] = [];
  scanTerms(normalise(text), (term) => terms.push(term));
  return terms;
}

/**
 * Terms of what a person typed. Stop words are left out unless nothing else is there; the last word may also be the
 * beginning of a longer one, and so may a single character of a script without spaces.
 */
export function queryTerms(text: string): QueryTerms {
  const normalised = normalise(text);
  const telling = collect(
    blankChineseStopWords(normalised),
    (surface, kind) => kind === 'part' || !isStopWord(surface),
  );
  return telling.length > 0 ? telling : collect(normalised, () => true);
}

function collect(text: string, isWanted: (surface: string, kind: TermKind) => boolean): QueryTerms {
  const found = new Map<string, QueryTerm>();
  let last: { entry: QueryTerm; kind: TermKind } | undefined;
  scanTerms(text, (term, start, end, kind) => {
    if (kind === 'tail' || found.size >= mostQueryTerms) return;
    const surface = text.slice(start, end).toLowerCase();
    last = undefined;
    if (!isWanted(surface, kind)) return;
    const entry = found.get(term) ?? { term, surface, prefix: kind === 'single' ? term : null };
    found.set(term, entry);
    last = { entry, kind };
  });
  // Pairs are as long as terms of their kind can be: nothing begins with them.
  if (last !== undefined && last.kind !== 'pair' && last.entry.surface.length >= shortestPrefix) {
    last.entry.prefix = last.entry.surface.replaceAll(/[^\p{L}\p{M}\p{N}]/gu, '');
  }
  return [...found.values()];
}
