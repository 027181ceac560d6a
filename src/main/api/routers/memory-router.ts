import { z } from 'zod';
import type { MemoryView } from '../../../shared/note-views.ts';
import { found } from '../found.ts';
import { memoriesOutput, memoryHitsOutput, memoryOutput, memoryPageOutput } from '../outputs/memory-outputs.ts';
import {
  forgetInput,
  memoriesInput,
  memoryInput,
  memoryListInput,
  memoryReviseInput,
  memorySearchInput,
} from '../memory-schemas.ts';
import { idInput } from '../schemas.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'memories';

const isNew = ({ seen_count }: MemoryView) => seen_count === 1;

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
  search: procedure
    .meta({
      summary: 'Searches memories by words, meaning, tags and the time of their making, the best first.',
      tag,
      scope: 'read',
      rest: { method: 'POST', path: '/memories/search' },
    })
    .input(memorySearchInput)
    .output(memoryHitsOutput)
    .query(({ ctx, input }) => ctx.services.memories.search(input)),
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
      summary: 'All versions of a memory, newest first; each with the type and project of today, which are kept once.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/memories/{id}/history' },
    })
    .input(idInput)
    .output(memoriesOutput)
    .query(async ({ ctx, input }) => found(await ctx.services.memories.versions(input.id), 'memory', input.id)),
  remember: procedure
    .meta({
      summary: 'Remembers a text; the same words again are counted, and take over what is said of them besides.',
      tag,
      scope: 'write',
      rest: { method: 'POST', path: '/memories', status: 201, isNew: (answer) => isNew(memoryOutput.parse(answer)) },
    })
    .input(memoryInput)
    .output(memoryOutput)
    .mutation(({ ctx, input }) => ctx.services.memories.remember(input)),
  rememberMany: procedure
    .meta({
      summary: 'Remembers up to a hundred texts, all of them or none.',
      tag,
      scope: 'write',
      rest: {
        method: 'POST',
        path: '/memories/batch',
        status: 201,
        isNew: (answer) => memoriesOutput.parse(answer).some(isNew),
      },
    })
    .input(memoriesInput)
    .output(memoriesOutput)
    .mutation(({ ctx, input }) => ctx.services.memories.rememberMany(input.memories)),
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
  remove: procedure
    .meta({
      summary: 'Forgets a memory; it can be taken back for thirty days.',
      tag,
      scope: 'write',
      target: 'id',
      rest: { method: 'DELETE', path: '/memories/{id}', status: 204 },
    })
    .input(idInput)
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      const [gone] = await ctx.services.memories.forget({ id: input.id, dry_run: false });
      found(gone ?? null, 'memory', input.id);
    }),
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
    .mutation(async ({ ctx, input }) =>
      found(await ctx.services.memories.restore(input.id), 'forgotten memory', input.id),
    ),
});
