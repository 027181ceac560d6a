import { z } from 'zod';
import { found } from '../found.ts';
import {
  learningCountsOutput,
  learningDetailOutput,
  learningFileOutput,
  learningOutcomeOutput,
  learningOutput,
  learningPageOutput,
  learningTextOutput,
} from '../outputs/learning-outputs.ts';
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
  learningProposeInput,
  learningSupersedeInput,
  learningVerifyInput,
} from '../learning-schemas.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'learnings';

/** Every change gives its `batch_id`, by which `undo` takes it back. */
export const learningRouter = router({
  list: procedure
    .meta({
      summary: 'What is believed, by state, category, tags, scope or words.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/learnings' },
    })
    .input(learningListInput)
    .output(learningPageOutput)
    .query(({ ctx, input }) => ctx.services.learnings.list(input)),
  get: procedure
    .meta({
      summary: 'One learning with its evidence, conflicts and history.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/learnings/{id}' },
    })
    .input(idInput)
    .output(learningDetailOutput)
    .query(async ({ ctx, input }) => found(await ctx.services.learnings.get(input.id), 'learning', input.id)),
  counts: procedure
    .meta({
      summary: 'How many learnings there are of each state and category.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/learnings/counts' },
    })
    .input(learningCountInput)
    .output(learningCountsOutput)
    .query(({ ctx, input }) => ctx.services.learnings.counts(input)),
  create: procedure
    .meta({
      summary: 'Adds a learning, approved at once.',
      tag,
      scope: 'write',
      rest: {
        method: 'POST',
        path: '/learnings',
        status: 201,
        made: { path: '/learnings/{id}', id: 'learnings.0.id' },
      },
    })
    .input(learningCreateInput)
    .output(learningOutcomeOutput)
    .mutation(({ ctx, input }) => ctx.services.learnings.create(input)),
  propose: procedure
    .meta({
      summary: 'Proposes a learning for a person to review; an agent never approves its own.',
      tag,
      scope: 'write',
      rest: { method: 'POST', path: '/learnings/proposals', status: 201, made: { path: '/learnings/{id}', id: 'id' } },
    })
    .input(learningProposeInput)
    .output(learningOutput)
    .mutation(({ ctx, input }) => ctx.services.learnings.propose(input)),
  edit: procedure
    .meta({
      summary: 'Changes a learning.',
      tag,
      scope: 'write',
      target: 'id',
      rest: { method: 'PATCH', path: '/learnings/{id}', body: 'change' },
    })
    .input(learningEditInput)
    .output(learningOutcomeOutput)
    .mutation(({ ctx, input }) => ctx.services.learnings.edit(input.id, input.change)),
  decide: procedure
    .meta({
      summary: 'Approves, rejects or expires learnings, or makes them proposals again.',
      tag,
      scope: 'write',
      target: 'ids',
      rest: { method: 'POST', path: '/learnings/decide' },
    })
    .input(learningDecideInput)
    .output(learningOutcomeOutput)
    .mutation(({ ctx, input: { ids, decision, note } }) => ctx.services.learnings.decide(ids, decision, note)),
  pin: procedure
    .meta({
      summary: 'Pins learnings, which then do not age, or unpins them.',
      tag,
      scope: 'write',
      target: 'ids',
      rest: { method: 'POST', path: '/learnings/pin' },
    })
    .input(learningPinInput)
    .output(learningOutcomeOutput)
    .mutation(({ ctx, input: { ids, pinned } }) => ctx.services.learnings.pin(ids, pinned)),
  merge: procedure
    .meta({
      summary: 'Makes learnings part of another one, which takes their evidence.',
      tag,
      scope: 'write',
      target: 'into',
      rest: { method: 'POST', path: '/learnings/merge' },
    })
    .input(learningMergeInput)
    .output(learningOutcomeOutput)
    .mutation(({ ctx, input: { into, ids, statement } }) => ctx.services.learnings.merge(into, ids, statement)),
  supersede: procedure
    .meta({
      summary: 'Puts another learning in the place of one.',
      tag,
      scope: 'write',
      target: 'id',
      rest: { method: 'POST', path: '/learnings/{id}/supersede' },
    })
    .input(learningSupersedeInput)
    .output(learningOutcomeOutput)
    .mutation(({ ctx, input: { id, by } }) => ctx.services.learnings.supersede(id, by)),
  keepBoth: procedure
    .meta({
      summary: 'Says that two which seem to say the opposite both hold.',
      tag,
      scope: 'write',
      target: 'id',
      rest: { method: 'POST', path: '/learnings/{id}/keep-both' },
    })
    .input(learningPairInput)
    .output(learningOutcomeOutput)
    .mutation(({ ctx, input: { id, other } }) => ctx.services.learnings.keepBoth(id, other)),
  verify: procedure
    .meta({
      summary: 'Confirms or refutes a learning, which moves its confidence.',
      tag,
      scope: 'write',
      target: 'id',
      rest: { method: 'POST', path: '/learnings/{id}/verify' },
    })
    .input(learningVerifyInput)
    .output(learningOutcomeOutput)
    .mutation(({ ctx, input: { id, verdict, note } }) => ctx.services.learnings.verify(id, verdict, note)),
  delete: procedure
    .meta({
      summary: 'Deletes learnings with their evidence; can be undone.',
      tag,
      scope: 'write',
      target: 'ids',
      rest: { method: 'POST', path: '/learnings/delete' },
    })
    .input(idsInput)
    .output(learningOutcomeOutput)
    .mutation(({ ctx, input }) => ctx.services.learnings.delete(input.ids)),
  remove: procedure
    .meta({
      summary: 'Deletes a learning with its evidence.',
      tag,
      scope: 'write',
      target: 'id',
      rest: { method: 'DELETE', path: '/learnings/{id}', status: 204 },
    })
    .input(idInput)
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      await ctx.services.learnings.delete([input.id]);
    }),
  undo: procedure
    .meta({
      summary: 'Takes back what was done together under a `batch_id`.',
      tag,
      scope: 'write',
      target: 'batch_id',
      rest: { method: 'POST', path: '/learnings/undo' },
    })
    .input(batchInput)
    .output(learningOutcomeOutput)
    .mutation(({ ctx, input }) => ctx.services.learnings.undo(input.batch_id)),
  exportText: procedure
    .meta({
      summary: 'The section of approved learnings for a CLAUDE.md.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/learnings/export', mayMiss: true },
    })
    .input(exportInput)
    .output(learningTextOutput)
    .query(({ ctx, input }) => ctx.services.learnings.exportText(input)),
  writeExport: procedure
    .meta({
      summary: 'Writes the section of approved learnings between its marks into a file of this machine.',
      tag,
      scope: 'owner',
      target: 'file',
      rest: { method: 'POST', path: '/learnings/export' },
    })
    .input(exportFileInput)
    .output(learningFileOutput)
    .mutation(({ ctx, input }) => ctx.services.learnings.writeExport(input)),
});
