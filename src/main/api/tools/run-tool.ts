import { TRPCError } from '@trpc/server';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { isOwner } from '../../access/caller.ts';
import type { Scope } from '../../../shared/access-views.ts';
import type { ToolRun } from '../../../shared/tool-views.ts';
import type { ApiContext } from '../trpc.ts';
import type { BuiltInTool, ToolAnswer } from './built-in-tool.ts';
import { builtInTools } from './built-in-tools.ts';

/** What a tool of the owner's needs. */
export const scriptScope: Scope = 'execute';

/** Calls a tool with the caller's rights; null when there is none of that name. Throws FORBIDDEN and BAD_REQUEST. */
export async function runTool(
  ctx: ApiContext,
  name: string,
  input: Record<string, unknown>,
  signal: AbortSignal,
): Promise<ToolRun | null> {
  const tool = builtInTools.find((known) => known.name === name);
  if (tool === undefined) {
    refuseWithout(ctx, name, scriptScope);
    return ctx.services.tools.runScript(name, input, signal);
  }
  const startedAt = performance.now();
  const { structured } = await callBuiltIn(ctx, tool, input, signal);
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
}

/** Calls a built-in tool and counts the call. Throws FORBIDDEN, BAD_REQUEST and what the tool throws. */
export async function callBuiltIn(
  ctx: ApiContext,
  tool: BuiltInTool,
  input: Record<string, unknown>,
  signal: AbortSignal,
): Promise<ToolAnswer> {
  refuseWithout(ctx, tool.name, tool.scope);
  if ((await ctx.services.tools.get(tool.name))?.enabled === false) {
    throw new TRPCError({ code: 'PRECONDITION_FAILED', message: `The tool ${tool.name} is switched off.` });
  }
  const read = tool.input.safeParse(input);
  if (!read.success) {
    throw new TRPCError({ code: 'BAD_REQUEST', message: z.prettifyError(read.error), cause: read.error });
  }
  const startedAt = performance.now();
  let failed = true;
  try {
    const answer = await tool.run(ctx, read.data, signal);
    failed = false;
    return answer;
  } finally {
    ctx.services.tools.count(tool.name, { failed, tookMs: performance.now() - startedAt });
  }
}

/** True when the caller may call what needs that. */
export function mayCall({ caller }: Pick<ApiContext, 'caller'>, scope: Scope): boolean {
  return isOwner(caller) || caller.scopes.has(scope);
}

function refuseWithout(ctx: ApiContext, name: string, scope: Scope): void {
  if (mayCall(ctx, scope)) return;
  throw new TRPCError({
    code: 'FORBIDDEN',
    message: `The tool ${name} needs the scope "${scope}", which ${ctx.caller.name} does not have.`,
  });
}
