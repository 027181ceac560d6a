import type { z } from 'zod';
import type { Scope } from '../../../shared/access-views.ts';
import type { ApiContext } from '../trpc.ts';

/** What a tool came to: JSON for programs and the same in few words for a model. */
export interface ToolAnswer<Output = Record<string, unknown>> {
  structured: Output;
  text: string;
}

/** An operation as an agent sees it: the same on MCP over HTTP, on MCP over stdio, and in the catalogue of tools. */
export interface BuiltInTool<Input extends z.ZodObject = z.ZodObject, Output extends z.ZodObject = z.ZodObject> {
  name: string;
  title: string;
  /** What it does and when to use it, for a model. */
  description: string;
  input: Input;
  /** Kept small: several clients show a model this and not the text. */
  output: Output;
  scope: Scope;
  /** MCP's hints. */
  readOnly: boolean;
  destructive: boolean;
  /** The same call again changes nothing more. */
  idempotent: boolean;
  /** The operations of the contract that it stands on. */
  operations: readonly string[];
  /** Throws `TRPCError` for what the caller has to mend. */
  run(ctx: ApiContext, input: z.output<Input>, signal: AbortSignal): Promise<ToolAnswer<z.output<Output>>>;
}

/** Keeps the types where a tool is written, and forgets them in the list; what does not fit its own schema never leaves. */
export function builtInTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  tool: BuiltInTool<Input, Output>,
): BuiltInTool {
  return {
    ...tool,
    // What is not known would otherwise be taken for done.
    input: tool.input.strict(),
    async run(ctx, input, signal) {
      const { structured, text } = await tool.run(ctx, tool.input.parse(input), signal);
      return { structured: tool.output.parse(structured), text };
    },
  };
}
