import type { FindRelated } from '../memory/recall/recall.ts';
import type { Searcher } from '../search/searcher.ts';
import type { AskedVector } from '../search/vector-search.ts';

/** The search that recall asks, with the vector of its prompt. */
export function createFindRelated(searcher: Searcher, vector: AskedVector): FindRelated {
  return ({ text, projectId, limit }) =>
    searcher.search({
      // A prompt is no query: a text of several lines has no operators, phrases or times for the search, whatever it looks like.
      text: `${text.trim()}\n.`,
      filters: { project_id: projectId },
      mode: 'mixed',
      fusion: 'mass',
      limit,
      vector,
    });
}
