import type { TextEmbedder } from '../../embed/query-vector.ts';
import { createSourceFinder, type FindRequest, type FoundSources } from '../../memory/ask/find-sources.ts';
import type { Lexicon } from '../../memory/ask/lexicon.ts';
import { isStopWord } from '../../search/stop-words.ts';
import { indexTerms, queryTerms } from '../../search/terms.ts';
import type { AskedVector } from '../../search/vector-search.ts';
import type { ReadableDb } from '../../store/database.ts';

export type AskRequestInThread = FindRequest & { vector: AskedVector };

/** In a memory of a few rows every word that it has would count for nothing beside one that it has not. */
const rowsOfSmallMemory = 50;

/** What speaks to a question; by words, and by meaning where the built-in model answers. */
export function createAskReading(db: ReadableDb, embedder: TextEmbedder) {
  const find = createSourceFinder(db);
  const rows = db.prepare<[], number | null>('SELECT MAX(pk) FROM observations').pluck();
  const count = db.prepare<[string], number>('SELECT doc FROM observation_term_counts WHERE term = ?').pluck();

  /** As BM25 weighs terms. */
  function rarityIn(known: number): Lexicon['rarity'] {
    const total = known + rowsOfSmallMemory;
    return (term) => {
      const documents = Math.min(count.get(term) ?? 0, known);
      return Math.log(1 + (total - documents + 0.5) / (documents + 0.5));
    };
  }

  function likenessTo(question: string, vector: AskedVector): Lexicon['likeness'] {
    // An endpoint's model would have to be asked for each sentence.
    if (typeof vector === 'string' || vector.vector !== null) return null;
    const model = embedder.model(vector.dimension);
    const asked = model.embed(question);
    return (text) => {
      const said = model.embed(text);
      return asked.reduce((sum, value, at) => sum + value * (said[at] ?? 0), 0);
    };
  }

  return {
    askSources: ({ vector, ...request }: AskRequestInThread): FoundSources =>
      db.snapshot(() =>
        find(request, {
          questionTerms: (text) => queryTerms(text).filter(({ surface }) => !isStopWord(surface)),
          isKnown: (term) => (count.get(term) ?? 0) > 0,
          textTerms: indexTerms,
          rarity: rarityIn(Math.max(1, rows.get() ?? 0)),
          likeness: likenessTo(request.question, vector),
        }),
      ),
  };
}
