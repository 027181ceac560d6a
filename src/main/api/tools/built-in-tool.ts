import type { z } from 'zod';
import type { Scope } from '../../../shared/access-views.ts';
import type { ApiContext } from '../trpc.ts';

/** An operation as an agent sees it: the same on MCP over HTTP, on MCP over stdio, and in the catalogue of tools. */
export interface BuiltInTool<Input extends z.ZodObject = z.ZodObject> {
  name: string;
  title: string;
  /** What it does and when to use it, for a model. */
  description: string;
  input: Input;
  scope: Scope;
  /** MCP's hints. */
  readOnly: boolean;
  destructive: boolean;
  /** The operations of the contract that it stands on. */
  operations: readonly string[];
  /** JSON for programs and the same in few words for a model. Throws `TRPCError` for what the caller has to mend. */
  run(
    ctx: ApiContext,
    input: z.output<Input>,
    signal: AbortSignal,
  ): Promise<{ structured: Record<string, unknown>; text: string }>;
}

/** Keeps the input's type where a tool is written, and forgets it in the list. */
export function builtInTool<Input extends z.ZodObject>(tool: BuiltInTool<Input>): BuiltInTool {
  return { ...tool, run: (ctx, input, signal) => tool.run(ctx, tool.input.parse(input), signal) };
}
