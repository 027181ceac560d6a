import { found } from '../found.ts';
import {
  entityListInput,
  graphOverviewInput,
  neighboursInput,
  pathInput,
  rankInput,
} from '../understanding-schemas.ts';
import { procedure, router } from '../trpc.ts';

export const graphRouter = router({
  entities: procedure.input(entityListInput).query(({ ctx, input }) => ctx.services.graph.entities(input)),
  neighbours: procedure
    .input(neighboursInput)
    .query(async ({ ctx, input }) => found(await ctx.services.graph.neighbours(input), 'entity', input.id)),
  path: procedure
    .input(pathInput)
    .query(async ({ ctx, input }) =>
      found(await ctx.services.graph.path(input), 'pair of entities', `${input.from}, ${input.to}`),
    ),
  overview: procedure.input(graphOverviewInput).query(({ ctx, input }) => ctx.services.graph.overview(input)),
  rank: procedure.input(rankInput).query(({ ctx, input }) => ctx.services.graph.rank(input)),
});
