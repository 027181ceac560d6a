import type { SearchRequest, SearchService } from '../api/services.ts';
import { parseQuery } from '../search/query/parse-query.ts';
import type { AskedVector } from '../search/vector-search.ts';
import type { SearchAnswer } from '../../shared/search-views.ts';
import type { Embedding } from './embedding-service.ts';
import type { Reader } from './reader-pool.ts';
import { withPage } from './with-page.ts';
import type { WriterClient } from './writer-client.ts';

export interface SearchServiceParts {
  reader: Pick<Reader, 'call'>;
  writer: Pick<WriterClient, 'submit'>;
  embedding: Pick<Embedding, 'queryVector'>;
}

/** Search over the reader's thread; what completes and remembers queries besides. */
export function createSearchService({ reader, writer, embedding }: SearchServiceParts): SearchService {
  // As the searcher does: asking for the zone took half of what a search costs the main loop.
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();

  async function vectorOf(request: SearchRequest, signal?: AbortSignal): Promise<AskedVector> {
    if (request.mode === 'lexical') return 'off';
    // Operators and times say where to look, not what for.
    const { searched } = parseQuery(request.text, { now: Date.now(), timeZone });
    return embedding.queryVector(searched, signal);
  }

  function search(request: SearchRequest, vector: AskedVector): Promise<SearchAnswer> {
    return withPage(reader.call('search', { ...request, vector }));
  }

  const query = async (request: SearchRequest) => search(request, await vectorOf(request));

  return {
    query,
    async *progressive(request, signal) {
      if (request.mode === 'lexical') {
        yield await query(request);
        return;
      }
      // Asked first, so that an endpoint works while words are looked up; it never rejects.
      const vector = vectorOf(request, signal);
      yield await search({ ...request, mode: 'lexical' }, 'off');
      const asked = await vector;
      if (!signal.aborted) yield await search(request, asked);
    },
    similar: (request) => reader.call('similar', request),
    suggest: (request) => reader.call('suggest', request),
    async remember(query) {
      await writer.submit({ kind: 'remember-query', query, at: Date.now() });
    },
    async forgetQueries() {
      await writer.submit({ kind: 'forget-queries' });
    },
  };
}
