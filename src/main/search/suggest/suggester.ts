import type { Suggestion, TextRange } from '../../../shared/search-views.ts';
import type { ReadableDb } from '../../store/database.ts';
import { createSearchHistoryReader } from '../../store/tables/search-history.ts';
import { wordAtCaret } from './caret.ts';
import type { TypedWord } from './caret.ts';
import { completeTerms } from './complete-terms.ts';
import { createValueCompletion, operatorsNamed, quotedValue } from './complete-values.ts';
import type { Value } from './complete-values.ts';
import { createFileNames } from './file-names.ts';
import { createRecentWords } from './recent-words.ts';
import { createVocabulary } from './vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface SuggestRequest {
  text: string;
  /** UTF-16 offset; the end of the text when left out. */
  caret?: number | undefined;
  limit: number;
}

export interface Suggester {
  suggest(request: SuggestRequest): Suggestion[];
}

/** Longer texts are pasted, and nobody wants them completed. */
const longestText = 500;
/** What each kind is worth where any of them may stand; how often it was met adds at most `mostForCount`. */
const worth = { operator: 0.5, query: 0.75, project: 0.6, term: 0.5, file: 0.42, tool: 0.45, type: 0.45, tag: 0.4 };
const mostForCount = 0.35;
const forRecent = 0.08;
/** So that one kind leaves room for the others. */
const mostOfKind = { operator: 2, query: 2, project: 2, term: 5, file: 3, tool: 2, type: 2, tag: 2 };

interface Scored {
  suggestion: Suggestion;
  score: number;
}

/** Completes what is being typed, from what the memory holds; for one reader thread. */
export function createSuggester(db: ReadableDb, vocabulary: Vocabulary = createVocabulary(db)): Suggester {
  const recent = createRecentWords(db);
  const values = createValueCompletion(db, createFileNames(db), recent.tools);
  const history = createSearchHistoryReader(db);

  function pastQueries(text: string, caret: number): Scored[] {
    const typed = text.slice(0, caret).trimStart().toLowerCase();
    if (text.slice(caret).trim() !== '') return [];
    return history
      .all()
      .filter(({ query }) => query.toLowerCase().startsWith(typed) && query.toLowerCase() !== typed.trim())
      .map(({ query, count }, place) => ({
        suggestion: { kind: 'query', label: query, insert: query, range: [0, text.length], count },
        score: worth.query + forCount(count, 5) - Math.min(0.3, place / 100),
      }));
  }

  function valuesAfter(word: TypedWord): Scored[] {
    const { key, kept, prefix } = word;
    if (key === null) return [];
    const isChinese = /\p{Script=Han}/u.test(kept);
    return values[key](prefix, isChinese).map((value, place) => ({
      suggestion: toSuggestion(value, `${kept}${quotedValue(value.value)}`, [word.start, word.end]),
      score: 1 - place / 100,
    }));
  }

  function valuesAnywhere(word: TypedWord): Scored[] {
    const found = (['project', 'tool', 'type', 'tag', 'file', 'is'] as const).flatMap((key) =>
      word.prefix.length < 2 && key !== 'project' ? [] : values[key](word.prefix, false),
    );
    return found.map((value) => ({
      suggestion: toSuggestion(value, `${value.key}:${quotedValue(value.value)}`, [word.start, word.end]),
      score: worth[value.kind] + forCount(value.count ?? 0, 17),
    }));
  }

  function operators(word: TypedWord): Scored[] {
    return operatorsNamed(word.prefix).map((name) => ({
      suggestion: { kind: 'operator', label: name, insert: name, range: [word.start, word.end], count: null },
      score: worth.operator + (word.prefix.length >= 2 ? 0.4 : 0),
    }));
  }

  function terms(word: TypedWord): Scored[] {
    return completeTerms(word.prefix, vocabulary, recent).map((found, place) => {
      const from = word.start + word.prefix.length - found.replaces;
      return {
        suggestion: {
          kind: 'term',
          label: found.word,
          insert: found.word,
          range: [from, word.end],
          count: found.count,
        },
        score: worth.term + forCount(found.count ?? 0, 17) + (found.recent ? forRecent : 0) - place / 1000,
      };
    });
  }

  return {
    suggest({ text, caret = text.length, limit }) {
      if (text.length > longestText || /[\n\r]/u.test(text)) return [];
      recent.catchUp();
      const at = Math.min(caret, text.length);
      const word = wordAtCaret(text, at);
      const found = pastQueries(text, at);
      if (word !== null && word.key !== null) found.push(...valuesAfter(word));
      if (word !== null && word.key === null && word.prefix !== '') {
        found.push(...operators(word), ...valuesAnywhere(word), ...terms(word));
      }
      return best(found, limit, text);
    },
  };
}

function toSuggestion({ kind, label, count }: Value, insert: string, range: TextRange): Suggestion {
  return { kind, label, insert, range, count };
}

/** Logarithmic, for words are distributed so; `doublings` of the count earn all of it. */
function forCount(count: number, doublings: number): number {
  return mostForCount * Math.min(1, Math.log2(1 + count) / doublings);
}

function best(found: readonly Scored[], limit: number, text: string): Suggestion[] {
  const chosen: Suggestion[] = [];
  const seen = new Set<string>();
  const ofKind = new Map<string, number>();
  const isMixed = new Set(found.map(({ suggestion }) => suggestion.kind)).size > 1;
  for (const { suggestion } of found.toSorted((one, other) => other.score - one.score)) {
    const { kind, insert, range } = suggestion;
    const key = insert.toLowerCase();
    const count = ofKind.get(kind) ?? 0;
    if (seen.has(key) || text.slice(...range) === insert || (isMixed && count >= mostOfKind[kind])) continue;
    seen.add(key);
    ofKind.set(kind, count + 1);
    chosen.push(suggestion);
    if (chosen.length === limit) break;
  }
  return chosen;
}
