import { found } from '../found.ts';
import { settingOutput, settingsOutput } from '../outputs/configuration-outputs.ts';
import { settingInput, settingKeyInput } from '../record-schemas.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'configuration';

export const configurationRouter = router({
  list: procedure
    .meta({
      summary: 'All settings with their bounds.',
      tag,
      scope: 'admin',
      rest: { method: 'GET', path: '/configuration' },
    })
    .output(settingsOutput)
    .query(({ ctx }) => ctx.services.configuration.list()),
  get: procedure
    .meta({ summary: 'One setting.', tag, scope: 'admin', rest: { method: 'GET', path: '/configuration/{key}' } })
    .input(settingKeyInput)
    .output(settingOutput)
    .query(async ({ ctx, input }) => found(await ctx.services.configuration.get(input.key), 'setting', input.key)),
  set: procedure
    .meta({
      summary: 'Changes a setting.',
      tag,
      scope: 'admin',
      target: 'key',
      rest: { method: 'PUT', path: '/configuration/{key}' },
    })
    .input(settingInput)
    .output(settingOutput)
    .mutation(async ({ ctx, input }) =>
      found(await ctx.services.configuration.set(input.key, input.value), 'setting', input.key),
    ),
  reset: procedure
    .meta({
      summary: 'Puts a setting back to its default.',
      tag,
      scope: 'admin',
      target: 'key',
      rest: { method: 'DELETE', path: '/configuration/{key}' },
    })
    .input(settingKeyInput)
    .output(settingOutput)
    .mutation(async ({ ctx, input }) => found(await ctx.services.configuration.reset(input.key), 'setting', input.key)),
});
