import { embeddingFor } from '../machine-paths.ts';
import { embeddingStatusOutput, embeddingTestOutput } from '../outputs/embedding-outputs.ts';
import { embeddingSettingsInput } from '../schemas.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'models';

export const embeddingRouter = router({
  status: procedure
    .meta({
      summary: 'Where vectors come from, and how far they are.',
      tag,
      scope: 'admin',
      rest: { method: 'GET', path: '/embedding' },
    })
    .output(embeddingStatusOutput)
    .query(async ({ ctx }) => embeddingFor(ctx.caller, await ctx.services.embedding.status())),
  configure: procedure
    .meta({
      summary: 'Chooses where vectors come from; all are made again when the model changes.',
      tag,
      scope: 'owner',
      rest: { method: 'PUT', path: '/embedding' },
    })
    .input(embeddingSettingsInput)
    .output(embeddingStatusOutput)
    .mutation(({ ctx, input }) => ctx.services.embedding.configure(input.settings, input.key)),
  test: procedure
    .meta({
      summary: 'Embeds one short text with settings that are not kept.',
      tag,
      scope: 'owner',
      rest: { method: 'POST', path: '/embedding/test' },
    })
    .input(embeddingSettingsInput)
    .output(embeddingTestOutput)
    .mutation(({ ctx, input }) => ctx.services.embedding.test(input.settings, input.key ?? undefined)),
  pause: procedure
    .meta({ summary: 'Stops making vectors.', tag, scope: 'admin', rest: { method: 'POST', path: '/embedding/pause' } })
    .output(embeddingStatusOutput)
    .mutation(({ ctx }) => ctx.services.embedding.pause()),
  resume: procedure
    .meta({
      summary: 'Goes on making vectors.',
      tag,
      scope: 'admin',
      rest: { method: 'POST', path: '/embedding/resume' },
    })
    .output(embeddingStatusOutput)
    .mutation(({ ctx }) => ctx.services.embedding.resume()),
  rebuild: procedure
    .meta({
      summary: 'Makes all vectors again.',
      tag,
      scope: 'admin',
      rest: { method: 'POST', path: '/embedding/rebuild' },
    })
    .output(embeddingStatusOutput)
    .mutation(({ ctx }) => ctx.services.embedding.rebuild()),
});
