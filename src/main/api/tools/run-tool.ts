import { TRPCError } from '@trpc/server';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { isOwner } from '../../access/caller.ts';
import type { ToolRun } from '../../../shared/tool-views.ts';
import type { ApiContext } from '../trpc.ts';
import type { BuiltInTool } from './built-in-tool.ts';
import { builtInTools } from './built-in-tools.ts';

/** Calls a tool with the caller's rights; null when there is none of that name. Throws FORBIDDEN and BAD_REQUEST. */
export async function runTool(
  ctx: ApiContext,
  name: string,
  input: Record<string, unknown>,
  signal: AbortSignal,
): Promise<ToolRun | null> {
  const tool = builtInTools.find((known) => known.name === name);
  const scope = tool?.scope ?? 'execute';
  if (!isOwner(ctx.caller) && !ctx.caller.scopes.has(scope)) {
    throw new TRPCError({ code: 'FORBIDDEN', message: `The tool ${name} needs the scope "${scope}".` });
  }
  if (tool === undefined) return ctx.services.tools.runScript(name, input, signal);
  return runBuiltIn(ctx, tool, input, signal);
}

async function runBuiltIn(
  ctx: ApiContext,
  tool: BuiltInTool,
  input: Record<string, unknown>,
  signal: AbortSignal,
): Promise<ToolRun> {
  const read = tool.input.safeParse(input);
  if (!read.success)
    throw new TRPCError({ code: 'BAD_REQUEST', message: z.prettifyError(read.error), cause: read.error });
  const startedAt = performance.now();
  let failed = true;
  try {
    const { structured } = await tool.run(ctx, read.data, signal);
    failed = false;
    return {
      run_id: randomUUID(),
      tool: tool.name,
      success: true,
      output: structured,
      stdout: '',
      stderr: '',
      exit_code: null,
      error: null,
      took_ms: performance.now() - startedAt,
    };
  } finally {
    ctx.services.tools.count(tool.name, { failed, tookMs: performance.now() - startedAt });
  }
}
