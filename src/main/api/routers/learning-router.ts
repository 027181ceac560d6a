import { found } from '../found.ts';
import { idInput } from '../schemas.ts';
import {
  batchInput,
  exportFileInput,
  exportInput,
  idsInput,
  learningCountInput,
  learningCreateInput,
  learningDecideInput,
  learningEditInput,
  learningListInput,
  learningMergeInput,
  learningPairInput,
  learningPinInput,
  learningSupersedeInput,
  learningVerifyInput,
} from '../understanding-schemas.ts';
import { procedure, router } from '../trpc.ts';

/** Every change gives its `batch_id`, by which `undo` takes it back. */
export const learningRouter = router({
  list: procedure.input(learningListInput).query(({ ctx, input }) => ctx.services.learnings.list(input)),
  get: procedure
    .input(idInput)
    .query(async ({ ctx, input }) => found(await ctx.services.learnings.get(input.id), 'learning', input.id)),
  counts: procedure.input(learningCountInput).query(({ ctx, input }) => ctx.services.learnings.counts(input)),
  create: procedure.input(learningCreateInput).mutation(({ ctx, input }) => ctx.services.learnings.create(input)),
  edit: procedure
    .input(learningEditInput)
    .mutation(async ({ ctx, input }) =>
      found(await ctx.services.learnings.edit(input.id, input.change), 'learning', input.id),
    ),
  decide: procedure
    .input(learningDecideInput)
    .mutation(async ({ ctx, input: { ids, decision, note } }) =>
      found(await ctx.services.learnings.decide(ids, decision, note), 'learning', ids.join(', ')),
    ),
  pin: procedure
    .input(learningPinInput)
    .mutation(async ({ ctx, input: { ids, pinned } }) =>
      found(await ctx.services.learnings.pin(ids, pinned), 'learning', ids.join(', ')),
    ),
  merge: procedure
    .input(learningMergeInput)
    .mutation(async ({ ctx, input: { into, ids, statement } }) =>
      found(await ctx.services.learnings.merge(into, ids, statement), 'learning', into),
    ),
  supersede: procedure
    .input(learningSupersedeInput)
    .mutation(async ({ ctx, input: { id, by } }) =>
      found(await ctx.services.learnings.supersede(id, by), 'learning', id),
    ),
  keepBoth: procedure
    .input(learningPairInput)
    .mutation(async ({ ctx, input: { id, other } }) =>
      found(await ctx.services.learnings.keepBoth(id, other), 'learning', `${id}, ${other}`),
    ),
  verify: procedure
    .input(learningVerifyInput)
    .mutation(async ({ ctx, input: { id, verdict, note } }) =>
      found(await ctx.services.learnings.verify(id, verdict, note), 'learning', id),
    ),
  delete: procedure
    .input(idsInput)
    .mutation(async ({ ctx, input }) =>
      found(await ctx.services.learnings.delete(input.ids), 'learning', input.ids.join(', ')),
    ),
  undo: procedure
    .input(batchInput)
    .mutation(async ({ ctx, input }) =>
      found(await ctx.services.learnings.undo(input.batch_id), 'change to undo', input.batch_id),
    ),
  exportText: procedure.input(exportInput).query(({ ctx, input }) => ctx.services.learnings.exportText(input)),
  writeExport: procedure.input(exportFileInput).mutation(({ ctx, input }) => ctx.services.learnings.writeExport(input)),
});
