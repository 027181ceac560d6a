import { mcpPluginOutput, mcpSetupOutput } from '../outputs/mcp-outputs.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'tools';

export const mcpRouter = router({
  setup: procedure
    .meta({
      summary: 'How to connect Claude Code and other agents by MCP: commands with the paths of this installation.',
      tag,
      scope: 'admin',
      rest: { method: 'GET', path: '/mcp/setup' },
    })
    .output(mcpSetupOutput)
    .query(({ ctx }) => ctx.services.mcp.setup()),
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
