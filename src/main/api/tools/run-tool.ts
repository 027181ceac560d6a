import { TRPCError } from '@trpc/server';
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { isOwner } from '../../access/caller.ts';
import type { Scope } from '../../../shared/access-views.ts';
import type { ToolRun } from '../../../shared/tool-views.ts';
import { type InputFault, InputError, sentenceOf } from '../input-sentences.ts';
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
  const read = tool.input.safeParse(input, { error: sentenceOf });
  if (!read.success) throw wrongArguments(tool, read.error.issues);
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

/** Says which argument is wrong and what it should be: whoever called is a model that tries again. */
function wrongArguments({ name, input }: BuiltInTool, issues: readonly z.core.$ZodIssue[]): TRPCError {
  const faults = issues.flatMap((issue): InputFault[] => {
    if (issue.code !== 'unrecognized_keys') return [{ path: issue.path.map(String).join('.'), message: issue.message }];
    const known = Object.keys(input.shape);
    const those = known.length === 0 ? 'takes none' : `takes ${known.join(', ')}`;
    return issue.keys.map((key) => ({
      path: key.slice(0, 100),
      message: `There is no such argument; ${name} ${those}.`,
    }));
  });
  const said = faults.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join(' ');
  return new TRPCError({
    code: 'BAD_REQUEST',
    message: `${name} cannot be called like this. ${said}`,
    cause: new InputError(faults.map(({ path, message }) => ({ path: below('arguments', path), message }))),
  });
}

const below = (place: string, path: string) => (path === '' ? place : `${place}.${path}`);

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
