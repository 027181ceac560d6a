import { found } from '../found.ts';
import { observationCreateInput, observationListInput, observationUpdateInput } from '../record-schemas.ts';
import { idInput, markInput } from '../schemas.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'observations';

export const observationRouter = router({
  list: procedure
    .meta({
      summary: 'Observations, newest first.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/observations' },
    })
    .input(observationListInput)
    .query(({ ctx, input }) => ctx.services.records.listObservations(input)),
  create: procedure
    .meta({
      summary: 'Adds an observation to a session.',
      tag,
      scope: 'write',
      rest: { method: 'POST', path: '/observations', status: 201 },
    })
    .input(observationCreateInput)
    .mutation(({ ctx, input }) => ctx.services.records.createObservation(input)),
  update: procedure
    .meta({
      summary: 'Corrects an observation; what was captured stays in the ledger.',
      tag,
      scope: 'write',
      target: 'id',
      rest: { method: 'PATCH', path: '/observations/{id}', body: 'change' },
    })
    .input(observationUpdateInput)
    .mutation(async ({ ctx, input }) =>
      found(await ctx.services.records.updateObservation(input.id, input.change), 'observation', input.id),
    ),
  delete: procedure
    .meta({
      summary: 'Deletes an observation; it can be restored for thirty days.',
      tag,
      scope: 'write',
      target: 'id',
      rest: { method: 'DELETE', path: '/observations/{id}', status: 204 },
    })
    .input(idInput)
    .mutation(async ({ ctx, input }) => {
      found((await ctx.services.records.deleteObservation(input.id)) || null, 'observation', input.id);
    }),
  restore: procedure
    .meta({
      summary: 'Takes back a deleted observation.',
      tag,
      scope: 'write',
      target: 'id',
      rest: { method: 'POST', path: '/observations/{id}/restore' },
    })
    .input(idInput)
    .mutation(async ({ ctx, input }) =>
      found(await ctx.services.records.restoreObservation(input.id), 'deleted observation', input.id),
    ),
  get: procedure
    .input(idInput)
    .query(async ({ ctx, input }) => found(await ctx.services.read.getObservation(input.id), 'observation', input.id)),
  mark: procedure.input(markInput).mutation(async ({ ctx, input }) => {
    const known = await ctx.services.context.markObservation(input.id, input.mark);
    found(known || null, 'observation', input.id);
  }),
});
