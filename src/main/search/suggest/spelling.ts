import type { ReadableDb } from '../../store/database.ts';
import { normalise } from '../normalise.ts';
import { indexTerms } from '../terms.ts';
import { editDistance } from './edit-distance.ts';
import { createVocabulary } from './vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface Spelling {
  /** The query with those of the unknown words mended that look like slips; null when there are none. */
  suggest(query: string, unknownWords: readonly string[]): string | null;
}

const shortestWord = 4;
/** From here on two slips are believed. */
const shortestForTwo = 7;
/** A word that is two slips away has to stand in so many rows. */
const leastForTwo = 3;
const mostWords = 4;
const mostKept = 1_000;
/** Candidates of which the writing is looked up; 0.2 ms each. */
const mostLookups = 10;
const longestEnding = 5;
const letters = 'abcdefghijklmnopqrstuvwxyz';

interface Candidate {
  term: string;
  distance: number;
  documents: number;
}

/** Mends words that no row has by words that rows have; for one reader thread. */
export function createSpelling(db: ReadableDb, vocabulary: Vocabulary = createVocabulary(db)): Spelling {
  const kept = new Map<string, string | null>();
  let keptOf = 0;

  function candidates(term: string): Candidate[] {
    const most = mostSlips(term);
    const found: Candidate[] = [];
    for (const [other, documents] of vocabulary.beginning(term.slice(0, 2))) {
      const isFrequent = documents >= leastForTwo;
      const distance = isFrequent ? distanceToStem(term, other, most) : editDistance(term, other, 1);
      if (distance > 0 && distance <= (isFrequent ? most : 1)) found.push({ term: other, distance, documents });
    }
    // A slip in the first two letters leads to another part of the vocabulary, so those are made and looked up.
    for (const [other, documents] of vocabulary.known([...slipsAtStart(term)])) {
      found.push({ term: other, distance: 1, documents });
    }
    return found;
  }

  function mend(word: string): string | null {
    const text = normalise(word).toLowerCase();
    if (!/^[a-z][a-z_-]*$/u.test(text) || text.length < shortestWord) return null;
    const term = indexTerms(text).at(-1);
    if (term === undefined || term.length < shortestWord - 1 || vocabulary.documents(term) > 0) return null;
    return remembered(text, () => nearest(text, term));
  }

  /** Who refines a query asks for its unknown words again and again. */
  function remembered(text: string, find: () => string | null): string | null {
    const edition = vocabulary.edition();
    if (edition !== keptOf || kept.size >= mostKept) kept.clear();
    keptOf = edition;
    const known = kept.get(text);
    if (known !== undefined) return known;
    const found = find();
    kept.set(text, found);
    return found;
  }

  function nearest(text: string, term: string): string | null {
    const best = candidates(term).toSorted(
      (one, other) => one.distance - other.distance || other.documents - one.documents,
    );
    for (const candidate of best.slice(0, mostLookups)) {
      const surface = closest(text, vocabulary.surfaces(candidate.term), mostSlips(text));
      if (surface !== null) return surface;
    }
    return null;
  }

  return {
    suggest(query, unknownWords) {
      let mended = query;
      for (const word of new Set(unknownWords.slice(0, mostWords))) {
        const better = mend(word);
        if (better !== null) mended = replaceWord(mended, word, better);
      }
      return mended === query ? null : mended;
    },
  };
}

function mostSlips(word: string): number {
  return word.length >= shortestForTwo ? 2 : 1;
}

/** A slip in the ending keeps a word from being stemmed, so a stem is compared with the beginning of the word too. */
function distanceToStem(word: string, stem: string, most: number): number {
  const whole = editDistance(word, stem, most);
  const isShorter =
    stem.length >= shortestWord && stem.length < word.length && word.length - stem.length <= longestEnding;
  return isShorter && whole > most ? editDistance(word.slice(0, stem.length), stem, 1) : whole;
}

/** Of the ways in which a term is written the one that is nearest to what was typed. */
function closest(typed: string, surfaces: readonly string[], most: number): string | null {
  const near = surfaces
    .map((surface) => ({ surface, distance: editDistance(typed, surface.toLowerCase(), most) }))
    .filter(({ distance }) => distance > 0 && distance <= most)
    .toSorted((one, other) => one.distance - other.distance);
  return near[0]?.surface ?? null;
}

function* slipsAtStart(term: string): Generator<string> {
  const [first = '', second = ''] = term;
  const rest = term.slice(2);
  yield second + first + rest;
  yield second + rest;
  yield first + rest;
  for (const letter of letters) {
    if (letter !== first) yield letter + second + rest;
    if (letter !== second) yield first + letter + rest;
    yield letter + term;
    yield first + letter + second + rest;
  }
}

function replaceWord(query: string, word: string, better: string): string {
  const at = query.toLowerCase().indexOf(word.toLowerCase());
  if (at < 0) return query;
  const isWordAt = (index: number) => /[\p{L}\p{N}]/u.test(query[index] ?? ' ');
  if (isWordAt(at - 1) || isWordAt(at + word.length)) return query;
  return query.slice(0, at) + better + query.slice(at + word.length);
}
