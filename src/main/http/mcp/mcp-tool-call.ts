import type { CallToolResult } from '@modelcontextprotocol/server';
import { TRPCError } from '@trpc/server';
import { builtInTools } from '../../api/tools/built-in-tools.ts';
import { callBuiltIn, mayCall, runTool, scriptScope } from '../../api/tools/run-tool.ts';
import { type ToolDescriptor, toolDescriptor } from '../../api/tools/tool-descriptor.ts';
import { cut } from '../../api/tools/tool-text.ts';
import type { ApiContext } from '../../api/trpc.ts';
import { type Logger, toLogFormat } from '../../observe/logger.ts';
import type { ToolRun, ToolView } from '../../../shared/tool-views.ts';

const descriptors = new Map(builtInTools.map((tool) => [tool.name, toolDescriptor(tool)]));
const largestScriptAnswer = 20_000;
const longestScriptNoise = 2_000;

type ListedTool = Omit<ToolDescriptor, 'outputSchema'> & Partial<Pick<ToolDescriptor, 'outputSchema'>>;

/** The tools that this caller may call now: the built-in ones, then the owner's scripts while those run. */
export async function listTools(ctx: ApiContext): Promise<ListedTool[]> {
  const catalogue = new Map((await ctx.services.tools.list({})).map((view) => [view.name, view]));
  const builtIn = builtInTools
    .filter(({ name, scope }) => mayCall(ctx, scope) && catalogue.get(name)?.enabled !== false)
    .flatMap(({ name }) => descriptors.get(name) ?? []);
  const scripts = [...catalogue.values()].filter(({ kind, enabled }) => kind === 'script' && enabled);
  if (scripts.length === 0 || !mayCall(ctx, scriptScope)) return builtIn;
  const { scripts_enabled: areOn } = await ctx.services.tools.settings();
  return areOn ? [...builtIn, ...scripts.map(scriptDescriptor)] : builtIn;
}

function scriptDescriptor(view: ToolView): ListedTool {
  return {
    name: view.name,
    title: view.title,
    description: view.description,
    inputSchema: { ...view.input_schema, type: 'object' },
    annotations: {
      title: view.title,
      readOnlyHint: view.read_only,
      destructiveHint: view.destructive,
      idempotentHint: false,
      openWorldHint: false,
    },
  };
}

/**
 * Calls a tool for a model: what it can mend comes back as an answer with `isError`, and so does a bug, which is logged.
 * Null when there is no tool of that name.
 */
export async function callTool(
  ctx: ApiContext,
  name: string,
  input: Record<string, unknown>,
  signal: AbortSignal,
  log: Logger,
): Promise<CallToolResult | null> {
  const tool = builtInTools.find((known) => known.name === name);
  const audit = (outcome: 'done' | 'refused' | 'failed', code: string | null) =>
    ctx.services.audit.record({
      caller: ctx.caller,
      action: 'tools.execute',
      target: name,
      requestId: ctx.requestId,
      address: ctx.address,
      outcome,
      code,
    });
  try {
    const result = tool === undefined ? await scriptResult(ctx, name, input, signal) : null;
    if (tool === undefined && result === null) return null;
    const answer = tool === undefined ? null : await callBuiltIn(ctx, tool, input, signal);
    if (tool?.readOnly !== true) audit('done', null);
    if (answer === null) return result;
    return { content: [{ type: 'text', text: answer.text }], structuredContent: answer.structured };
  } catch (error) {
    const code = error instanceof TRPCError ? error.code : 'INTERNAL_SERVER_ERROR';
    if (code === 'FORBIDDEN') audit('refused', code);
    else if (tool?.readOnly !== true) audit('failed', code);
    const isBug = code === 'INTERNAL_SERVER_ERROR' && !signal.aborted;
    if (isBug) log.error('A tool failed.', { tool: name, reason: toLogFormat(error) });
    const message = isBug ? 'The memory could not do that; its log says why.' : messageOf(error);
    return { isError: true, content: [{ type: 'text', text: cut(message, 2_000) }] };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function scriptResult(
  ctx: ApiContext,
  name: string,
  input: Record<string, unknown>,
  signal: AbortSignal,
): Promise<CallToolResult | null> {
  const run = await runTool(ctx, name, input, signal);
  if (run === null) return null;
  const text = run.success ? asText(run.output) : failureText(run);
  return { isError: !run.success, content: [{ type: 'text', text: cut(text, largestScriptAnswer) }] };
}

function asText(output: unknown): string {
  return typeof output === 'string' ? output : (JSON.stringify(output) ?? 'Done.');
}

function failureText({ tool, error, stderr }: ToolRun): string {
  const noise = stderr.trim() === '' ? '' : `\n${cut(stderr.trim(), longestScriptNoise)}`;
  return `The tool ${tool} failed: ${error?.message ?? 'it gave no reason.'}${noise}`;
}
