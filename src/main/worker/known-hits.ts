import type { TextEmbedder } from '../embed/query-vector.ts';
import { longestEmbeddedText } from '../embed/query-vector.ts';
import { EmbeddingError } from '../embed/embedding-error.ts';
import { staticDimension } from '../embed/static/static-model.ts';
import type { Known, KnowledgeIndex } from '../search/knowledge/knowledge-index.ts';
import type { SearcherRequest } from '../search/searcher.ts';
import type { KnownHit, SearchAnswer } from '../../shared/search-views.ts';

const mostKnown = 5;
/** Half of the query's words, or a meaning that is plainly the same (recall counts this cosine as deciding, too). */
const leastCoverage = 0.5;
const leastCosine = 0.55;

/** By the built-in model, whichever answers searches; null where its files are missing. */
export function embedStatement(embedder: TextEmbedder, text: string): Float32Array | null {
  try {
    return embedder.model(staticDimension).embed(text.slice(0, longestEmbeddedText));
  } catch (error) {
    if (error instanceof EmbeddingError) return null;
    throw error;
  }
}

/** The answer with what is believed about the query, where the filters leave room for anything but observations. */
export function withKnown(request: SearcherRequest, answer: SearchAnswer, knowledge: KnowledgeIndex): SearchAnswer {
  const { words, clauses } = answer.query;
  const { project_id: projectId, ...others } = request.filters;
  const narrows = Object.values(others).some((value) => value !== undefined) || clauses.length > 0;
  if (request.cursor !== undefined || narrows || words.trim() === '') return answer;
  const known = knowledge
    .find({ text: words, projectId, limit: mostKnown, now: Date.now() })
    .filter(({ coverage, cosine }) => coverage >= leastCoverage || cosine >= leastCosine);
  return { ...answer, known: known.map(toHit) };
}

function toHit({ coverage: _coverage, containment: _containment, cosine: _cosine, ...hit }: Known): KnownHit {
  return hit;
}
