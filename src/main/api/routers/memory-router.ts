import { found } from '../found.ts';
import { memoriesOutput, memoryOutput, memoryPageOutput } from '../outputs/memory-outputs.ts';
import { idInput } from '../schemas.ts';
import { forgetInput, memoryInput, memoryListInput, memoryReviseInput } from '../understanding-schemas.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'memories';

export const memoryRouter = router({
  list: procedure
    .meta({
      summary: 'Lists memories, the last changed first.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/memories' },
    })
    .input(memoryListInput)
    .output(memoryPageOutput)
    .query(({ ctx, input }) => ctx.services.memories.list(input)),
  get: procedure
    .meta({
      summary: 'One memory; counts as an access.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/memories/{id}' },
    })
    .input(idInput)
    .output(memoryOutput)
    .query(async ({ ctx, input }) => found(await ctx.services.memories.get(input.id), 'memory', input.id)),
  versions: procedure
    .meta({
      summary: 'All versions of a memory, newest first.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/memories/{id}/history' },
    })
    .input(idInput)
    .output(memoriesOutput)
    .query(async ({ ctx, input }) => found(await ctx.services.memories.versions(input.id), 'memory', input.id)),
  remember: procedure
    .meta({
      summary: 'Remembers a text; the same words again are counted, never refused.',
      tag,
      scope: 'write',
      rest: { method: 'POST', path: '/memories', status: 201 },
    })
    .input(memoryInput)
    .output(memoryOutput)
    .mutation(({ ctx, input }) => ctx.services.memories.remember(input)),
  revise: procedure
    .meta({
      summary: 'A new version of a memory.',
      tag,
      scope: 'write',
      target: 'id',
      rest: { method: 'PATCH', path: '/memories/{id}', body: 'change' },
    })
    .input(memoryReviseInput)
    .output(memoryOutput)
    .mutation(async ({ ctx, input }) =>
      found(await ctx.services.memories.revise(input.id, input.change), 'memory', input.id),
    ),
  forget: procedure
    .meta({
      summary: 'Forgets by id, or all that say what a text says; what it was.',
      tag,
      scope: 'write',
      target: 'id',
      rest: { method: 'POST', path: '/memories/forget' },
    })
    .input(forgetInput)
    .output(memoriesOutput)
    .mutation(({ ctx, input }) => ctx.services.memories.forget(input)),
  restore: procedure
    .meta({
      summary: 'Takes back what was forgotten.',
      tag,
      scope: 'write',
      target: 'id',
      rest: { method: 'POST', path: '/memories/{id}/restore' },
    })
    .input(idInput)
    .output(memoryOutput)
    .mutation(async ({ ctx, input }) => found(await ctx.services.memories.restore(input.id), 'memory', input.id)),
});
