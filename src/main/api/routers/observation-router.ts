import { z } from 'zod';
import { found } from '../found.ts';
import {
  observationDetailOutput,
  observationPageOutput,
  observationsAroundOutput,
} from '../outputs/observation-outputs.ts';
import { observationCreateInput, observationListInput, observationUpdateInput } from '../record-schemas.ts';
import { aroundInput, idInput, markInput } from '../schemas.ts';
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
    .output(observationPageOutput)
    .query(({ ctx, input }) => ctx.services.records.listObservations(input)),
  create: procedure
    .meta({
      summary: 'Adds an observation to a session.',
      tag,
      scope: 'write',
      rest: { method: 'POST', path: '/observations', status: 201 },
    })
    .input(observationCreateInput)
    .output(observationDetailOutput)
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
    .output(observationDetailOutput)
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
    .output(z.void())
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
    .output(observationDetailOutput)
    .mutation(async ({ ctx, input }) =>
      found(await ctx.services.records.restoreObservation(input.id), 'deleted observation', input.id),
    ),
  erase: procedure
    .meta({
      summary: 'Erases an observation for good, deleted or not.',
      tag,
      scope: 'admin',
      target: 'id',
      rest: { method: 'POST', path: '/observations/{id}/erase', status: 204 },
    })
    .input(idInput)
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      found((await ctx.services.records.eraseObservation(input.id)) || null, 'observation', input.id);
    }),
  around: procedure
    .meta({
      summary: 'What came before and after an observation in its session, oldest first.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/observations/{id}/around' },
    })
    .input(aroundInput)
    .output(observationsAroundOutput)
    .query(async ({ ctx, input: { id, ...span } }) =>
      found(await ctx.services.read.around({ observation_id: id, ...span }), 'observation', id),
    ),
  get: procedure
    .meta({
      summary: 'One observation with what the agent sent and got; counts as a use.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/observations/{id}' },
    })
    .input(idInput)
    .output(observationDetailOutput)
    .query(async ({ ctx, input }) => found(await ctx.services.read.getObservation(input.id), 'observation', input.id)),
  mark: procedure
    .meta({
      summary: 'Pins, hides or flags an observation as wrong, or takes that back.',
      tag,
      scope: 'write',
      target: 'id',
      rest: { method: 'PUT', path: '/observations/{id}/mark', status: 204 },
    })
    .input(markInput)
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      const known = await ctx.services.context.markObservation(input.id, input.mark);
      found(known || null, 'observation', input.id);
    }),
});
