import { modelsFor } from '../machine-paths.ts';
import { modelStatusOutput, modelTestOutput } from '../outputs/model-outputs.ts';
import { modelSettingsInput, modelTestInput } from '../understanding-schemas.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'models';

export const modelRouter = router({
  status: procedure
    .meta({
      summary: 'Which language model is asked, and how it does.',
      tag,
      scope: 'admin',
      rest: { method: 'GET', path: '/models' },
    })
    .output(modelStatusOutput)
    .query(async ({ ctx }) => modelsFor(ctx.caller, await ctx.services.models.status())),
  configure: procedure
    .meta({
      summary: 'Chooses which language model is asked, and for what.',
      tag,
      scope: 'owner',
      rest: { method: 'PUT', path: '/models' },
    })
    .input(modelSettingsInput)
    .output(modelStatusOutput)
    .mutation(({ ctx, input }) => ctx.services.models.configure(input.settings, input.key)),
  test: procedure
    .meta({
      summary: 'Asks one short question with settings that are not kept.',
      tag,
      scope: 'owner',
      rest: { method: 'POST', path: '/models/test' },
    })
    .input(modelTestInput)
    .output(modelTestOutput)
    .mutation(({ ctx, input }) => ctx.services.models.test(input.settings, input.tier, input.key ?? undefined)),
});
