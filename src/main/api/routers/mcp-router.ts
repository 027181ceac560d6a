import { mcpSetupFor } from '../machine-paths.ts';
import { mcpPluginOutput, mcpSetupOutput } from '../outputs/mcp-outputs.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'tools';

export const mcpRouter = router({
  setup: procedure
    .meta({
      summary:
        'How to connect Claude Code and other agents by MCP: commands with the paths of this installation, for its owner.',
      tag,
      scope: 'admin',
      rest: { method: 'GET', path: '/mcp/setup' },
    })
    .output(mcpSetupOutput)
    .query(async ({ ctx }) => mcpSetupFor(ctx.caller, await ctx.services.mcp.setup())),
  writePlugin: procedure
    .meta({
      summary: 'Writes the plugin for Claude Code, with the paths of this installation, into the data folder.',
      tag,
      scope: 'owner',
      rest: { method: 'POST', path: '/mcp/plugin', status: 201 },
    })
    .output(mcpPluginOutput)
    .mutation(({ ctx }) => ctx.services.mcp.writePlugin()),
});
