import { z } from 'zod';
import { found } from '../found.ts';
import { searchAnswerOutput, suggestionsOutput } from '../outputs/search-outputs.ts';
import { streamOf } from '../outputs/shape.ts';
import { rememberInput, searchInput, semanticInput, similarInput, suggestInput } from '../schemas.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'search';

/** As they stand in an address. */
const filterParameters = {
  project_id: 'filters.project_id',
  session_id: 'filters.session_id',
  types: 'filters.types',
  tools: 'filters.tools',
  file: 'filters.file',
  tags: 'filters.tags',
  failed: 'filters.failed',
  pinned: 'filters.pinned',
  since: 'filters.since',
  until: 'filters.until',
};
/** They were called so until lists of all kinds were filtered by the same names. */
const formerFilters = { project: 'project_id', session: 'session_id' };
const formerParameters = { near_project: 'near_project_id', ...formerFilters };

export const searchRouter = router({
  query: procedure
    .meta({
      summary: 'Searches by words and meaning; the query language knows phrases, exclusions, filters and times.',
      tag,
      scope: 'read',
      rest: {
        method: 'GET',
        path: '/search',
        query: { q: 'text', near_project_id: 'near_project_id', ...filterParameters },
        formerly: formerParameters,
        alsoStream: true,
      },
    })
    .input(searchInput)
    .output(searchAnswerOutput)
    .query(({ ctx, input }) => ctx.services.search.query(input)),
  semantic: procedure
    .meta({
      summary: 'Searches by meaning alone.',
      tag,
      scope: 'read',
      rest: { method: 'POST', path: '/search/semantic' },
    })
    .input(semanticInput)
    .output(searchAnswerOutput)
    .query(({ ctx, input }) => ctx.services.search.query({ ...input, mode: 'vector', fusion: 'mass' })),
  /** The lexical answer at once, then the one that was asked for. */
  progressive: procedure
    .meta({
      summary: 'The answer by words at once, then the one that was asked for.',
      tag,
      scope: 'read',
      rest: {
        method: 'GET',
        path: '/search/stream',
        query: { q: 'text', near_project_id: 'near_project_id', ...filterParameters },
        formerly: formerParameters,
        stream: true,
      },
    })
    .input(searchInput)
    .output(streamOf(searchAnswerOutput))
    .subscription(async function* ({ ctx, input, signal }) {
      yield* ctx.services.search.progressive(input, signal ?? new AbortController().signal);
    }),
  similar: procedure
    .meta({
      summary: 'What is like an observation, the most similar first.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/search/similar/{id}', query: filterParameters, formerly: formerFilters },
    })
    .input(similarInput)
    .output(searchAnswerOutput)
    .query(async ({ ctx, input }) => found(await ctx.services.search.similar(input), 'observation', input.id)),
  suggest: procedure
    .meta({
      summary: 'Completes what is being typed.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/search/suggest', query: { q: 'text' } },
    })
    .input(suggestInput)
    .output(suggestionsOutput)
    .query(({ ctx, input }) => ctx.services.search.suggest(input)),
  remember: procedure
    .meta({
      summary: 'Keeps a query that led somewhere, for completion.',
      tag,
      scope: 'read',
      isRoutine: true,
      rest: { method: 'POST', path: '/search/queries', status: 204 },
    })
    .input(rememberInput)
    .output(z.void())
    .mutation(({ ctx, input }) => ctx.services.search.remember(input.query)),
  forgetQueries: procedure
    .meta({
      summary: 'Forgets the queries that were kept for completion.',
      tag,
      scope: 'write',
      rest: { method: 'DELETE', path: '/search/queries', status: 204 },
    })
    .output(z.void())
    .mutation(({ ctx }) => ctx.services.search.forgetQueries()),
});
