import { z } from 'zod';
import { scopes } from '../../../shared/access-views.ts';
import type { McpPluginView, McpSetupView } from '../../../shared/mcp-views.ts';
import { shapeOf } from './shape.ts';

export const mcpPluginOutput = shapeOf<McpPluginView>()(
  'McpPlugin',
  z.object({
    folder: z.string(),
    is_written: z.boolean(),
    carries_hooks: z.boolean(),
    commands: z.array(z.string()),
  }),
);

export const mcpSetupOutput = shapeOf<McpSetupView>()(
  'McpSetup',
  z.object({
    http: z.object({
      url: z.string(),
      command: z.string(),
      json: z.string(),
      key_text: z.string(),
      scopes: z.array(z.enum(scopes)),
    }),
    stdio: z.object({ command: z.string(), json: z.string() }).nullable(),
    plugin: mcpPluginOutput.nullable(),
  }),
);
