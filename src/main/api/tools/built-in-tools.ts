import type { BuiltInTool } from './built-in-tool.ts';

/** The one list of what agents can call. */
export const builtInTools: readonly BuiltInTool[] = [];
