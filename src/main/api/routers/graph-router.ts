import { found } from '../found.ts';
import { entityPageOutput, graphOutput, rankOutput } from '../outputs/graph-outputs.ts';
import {
  entityListInput,
  graphOverviewInput,
  neighboursInput,
  pathInput,
  rankInput,
} from '../understanding-schemas.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'graph';

export const graphRouter = router({
  entities: procedure
    .meta({
      summary: 'Things that are mentioned: files, tools, errors, concepts, commands.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/graph/entities' },
    })
    .input(entityListInput)
    .output(entityPageOutput)
    .query(({ ctx, input }) => ctx.services.graph.entities(input)),
  neighbours: procedure
    .meta({
      summary: 'What is around an entity, up to three steps away.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/graph/entities/{id}/neighbours' },
    })
    .input(neighboursInput)
    .output(graphOutput)
    .query(async ({ ctx, input }) => found(await ctx.services.graph.neighbours(input), 'entity', input.id)),
  path: procedure
    .meta({
      summary: 'The strongest of the shortest ways between two entities.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/graph/path', mayMiss: true },
    })
    .input(pathInput)
    .output(graphOutput)
    .query(async ({ ctx, input }) =>
      found(await ctx.services.graph.path(input), 'pair of entities', `${input.from}, ${input.to}`),
    ),
  overview: procedure
    .meta({
      summary: 'The most mentioned entities, and what ties them.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/graph' },
    })
    .input(graphOverviewInput)
    .output(graphOutput)
    .query(({ ctx, input }) => ctx.services.graph.overview(input)),
  rank: procedure
    .meta({
      summary: 'What the graph ties to some entities, by personalised PageRank.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/graph/rank' },
    })
    .input(rankInput)
    .output(rankOutput)
    .query(({ ctx, input }) => ctx.services.graph.rank(input)),
});
