import { normalise } from '../normalise.ts';
import { isStopWord } from '../stop-words.ts';
import { indexTerms } from '../terms.ts';
import { denseTail } from './caret.ts';
import type { RecentWords } from './recent-words.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface Completion {
  /** The whole word. */
  word: string;
  /** How many characters of what was typed it takes the place of. */
  replaces: number;
  /** Rows that hold it; null where nobody counted. */
  count: number | null;
  /** It stood in a title of late. */
  recent: boolean;
}

/** With fewer letters the words of recent titles are offered: nearly every word of the index begins so. */
const shortestLookup = 3;
/** Terms of which the writing is looked up, the most frequent; 0.2 ms each. */
const mostLookups = 12;
const longestChineseWord = 8;
const longestContinuation = 6;

/** Words that begin with what was typed, best first. */
export function completeTerms(prefix: string, vocabulary: Vocabulary, recent: RecentWords): Completion[] {
  const tail = denseTail(prefix);
  return tail === '' ? completeWord(prefix, vocabulary, recent) : completeDense(tail, recent);
}

function completeWord(prefix: string, vocabulary: Vocabulary, recent: RecentWords): Completion[] {
  const typed = normalise(prefix).toLowerCase();
  if (!/^[\p{L}\p{N}][\p{L}\p{N}_.'-]*$/u.test(typed)) return [];
  const found = new Map<string, Completion>();
  for (const { surface, count } of recent.beginning(typed)) {
    if (surface.toLowerCase() === typed) continue;
    found.set(surface.toLowerCase(), { word: surface, replaces: prefix.length, count, recent: true });
  }
  const bare = typed.replaceAll(/[^\p{L}\p{N}]/gu, '');
  if (bare.length >= shortestLookup) {
    for (const [term, documents] of frequentTerms(bare, vocabulary)) {
      const surface = vocabulary.surfaces(term).find((word) => word.toLowerCase().startsWith(typed));
      if (surface === undefined || surface.toLowerCase() === typed) continue;
      const key = surface.toLowerCase();
      found.set(key, { word: surface, replaces: prefix.length, count: documents, recent: found.has(key) });
    }
  }
  // A search leaves them out, so they would lead nowhere.
  return [...found.values()].filter(({ word }) => !isStopWord(word.toLowerCase()));
}

/** What was typed may go beyond the stem: `configurat` stands in the index as `configur`. */
function frequentTerms(typed: string, vocabulary: Vocabulary): (readonly [string, number])[] {
  const longer = vocabulary.beginning(typed.length > 5 ? typed.slice(0, 5) : typed);
  const stems = new Set(indexTerms(typed));
  return longer
    .filter(([term]) => term.startsWith(typed) || stems.has(term) || (term.length >= 5 && typed.startsWith(term)))
    .toSorted((one, other) => other[1] - one[1])
    .slice(0, mostLookups);
}

/** Longer runs that stand in titles: without a dictionary, a run that is met again and again is a word. */
function completeDense(tail: string, recent: RecentWords): Completion[] {
  const characters = [...tail].slice(-longestChineseWord);
  for (let from = 0; from < characters.length; from++) {
    const typed = characters.slice(from).join('');
    const found = continuations(typed, recent.titles());
    if (found.length > 0) return found;
  }
  return [];
}

function continuations(typed: string, titles: readonly string[]): Completion[] {
  const counts = new Map<string, number>();
  for (const title of titles) {
    const inTitle = new Set<string>();
    for (let at = title.indexOf(typed); at >= 0; at = title.indexOf(typed, at + 1)) {
      const run = Array.from(title.slice(at + typed.length, at + typed.length + 2 * longestContinuation));
      let word = typed;
      for (const character of run.slice(0, longestContinuation)) {
        if (denseTail(character) === '') break;
        word += character;
        inTitle.add(word);
      }
    }
    for (const word of inTitle) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const words = [...counts].filter(([word, count]) => count >= 2 && !isPartOfLonger(word, count, counts));
  return words
    .toSorted((one, other) => other[1] - one[1] || one[0].length - other[0].length)
    .slice(0, 6)
    .map(([word]) => ({ word, replaces: typed.length, count: null, recent: true }));
}

/** It never stands without the next character. */
function isPartOfLonger(word: string, count: number, counts: ReadonlyMap<string, number>): boolean {
  for (const [other, others] of counts) {
    if (others === count && other.length > word.length && other.startsWith(word)) return true;
  }
  return false;
}
