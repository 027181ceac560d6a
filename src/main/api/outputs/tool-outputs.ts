import { z } from 'zod';
import { scopes } from '../../../shared/access-views.ts';
import { type ToolRun, type ToolSettings, type ToolView, toolKinds } from '../../../shared/tool-views.ts';
import { isoTime, shapeOf } from './shape.ts';

export const toolOutput = shapeOf<ToolView>()(
  'Tool',
  z.object({
    name: z.string(),
    title: z.string(),
    description: z.string(),
    kind: z.enum(toolKinds),
    input_schema: z.record(z.string(), z.unknown()),
    scope: z.enum(scopes),
    read_only: z.boolean(),
    destructive: z.boolean(),
    enabled: z.boolean(),
    source: z.string().nullable(),
    usage: z.object({
      count: z.int(),
      failure_count: z.int(),
      average_ms: z.number().nullable(),
      last_used_at: isoTime.nullable(),
    }),
    created_at: isoTime.nullable(),
    updated_at: isoTime.nullable(),
  }),
);

export const toolRunOutput = shapeOf<ToolRun>()(
  'ToolRun',
  z.object({
    run_id: z.string(),
    tool: z.string(),
    success: z.boolean(),
    output: z.unknown(),
    stdout: z.string(),
    stderr: z.string(),
    exit_code: z.int().nullable(),
    error: z
      .object({
        code: z.string(),
        message: z.string(),
      })
      .nullable(),
    took_ms: z.number(),
  }),
);

export const toolSettingsOutput = shapeOf<ToolSettings>()(
  'ToolSettings',
  z.object({
    scripts_enabled: z.boolean(),
    timeout_seconds: z.int(),
    memory_mb: z.int(),
  }),
);

export const toolsOutput = z.array(toolOutput);
