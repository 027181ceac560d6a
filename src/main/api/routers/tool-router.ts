import { z } from 'zod';
import { found } from '../found.ts';
import { toolOutput, toolRunOutput, toolSettingsOutput, toolsOutput } from '../outputs/tool-outputs.ts';
import {
  toolCreateInput,
  toolExecuteInput,
  toolListInput,
  toolNameInput,
  toolSettingsInput,
  toolUpdateInput,
} from '../record-schemas.ts';
import { runTool } from '../tools/run-tool.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'tools';

export const toolRouter = router({
  list: procedure
    .meta({
      summary: 'What can be called by name, with how often it was.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/tools' },
    })
    .input(toolListInput)
    .output(toolsOutput)
    .query(({ ctx, input }) => ctx.services.tools.list(input)),
  get: procedure
    .meta({ summary: 'One tool.', tag, scope: 'read', rest: { method: 'GET', path: '/tools/{name}' } })
    .input(toolNameInput)
    .output(toolOutput)
    .query(async ({ ctx, input }) => found(await ctx.services.tools.get(input.name), 'tool', input.name)),
  create: procedure
    .meta({
      summary: 'Registers a JavaScript tool; it runs only once scripts are switched on.',
      tag,
      scope: 'owner',
      target: 'name',
      rest: { method: 'POST', path: '/tools', status: 201 },
    })
    .input(toolCreateInput)
    .output(toolOutput)
    .mutation(({ ctx, input }) => ctx.services.tools.create(input)),
  update: procedure
    .meta({
      summary: 'Changes a JavaScript tool, or whether a tool may be called.',
      tag,
      scope: 'owner',
      target: 'name',
      rest: { method: 'PATCH', path: '/tools/{name}', body: 'change' },
    })
    .input(toolUpdateInput)
    .output(toolOutput)
    .mutation(async ({ ctx, input }) =>
      found(await ctx.services.tools.update(input.name, input.change), 'tool', input.name),
    ),
  delete: procedure
    .meta({
      summary: 'Deletes a JavaScript tool.',
      tag,
      scope: 'owner',
      target: 'name',
      rest: { method: 'DELETE', path: '/tools/{name}', status: 204 },
    })
    .input(toolNameInput)
    .output(z.void())
    .mutation(async ({ ctx, input }) => {
      found((await ctx.services.tools.delete(input.name)) || null, 'tool', input.name);
    }),
  settings: procedure
    .meta({
      summary: 'Whether JavaScript tools run, and within which limits.',
      tag,
      scope: 'admin',
      rest: { method: 'GET', path: '/tool-settings' },
    })
    .output(toolSettingsOutput)
    .query(({ ctx }) => ctx.services.tools.settings()),
  setSettings: procedure
    .meta({
      summary: 'Switches JavaScript tools on or off and sets their limits.',
      tag,
      scope: 'owner',
      rest: { method: 'PUT', path: '/tool-settings' },
    })
    .input(toolSettingsInput)
    .output(toolSettingsOutput)
    .mutation(({ ctx, input }) => ctx.services.tools.setSettings(input)),
  /** Needs besides what the tool itself needs: `execute` for a script. */
  execute: procedure
    .meta({
      summary: 'Calls a tool by name.',
      tag,
      scope: 'read',
      target: 'name',
      rest: { method: 'POST', path: '/tools/{name}/execute' },
    })
    .input(toolExecuteInput)
    .output(toolRunOutput)
    .mutation(async ({ ctx, input, signal }) =>
      found(
        await runTool(ctx, input.name, input.arguments, signal ?? new AbortController().signal),
        'tool',
        input.name,
      ),
    ),
});
