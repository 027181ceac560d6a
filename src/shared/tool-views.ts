import type { Scope } from './access-views.ts';

/** What agents and other programs can call by name. */

export const toolKinds = ['built_in', 'script'] as const;

export interface ToolView {
  /** Letters, digits and _, as MCP has it. */
  name: string;
  title: string;
  description: string;
  kind: (typeof toolKinds)[number];
  /** JSON Schema of its arguments. */
  input_schema: Record<string, unknown>;
  /** What a caller needs. */
  scope: Scope;
  read_only: boolean;
  destructive: boolean;
  enabled: boolean;
  /** JavaScript of a script; null for what is built in. */
  source: string | null;
  usage: { count: number; failure_count: number; average_ms: number | null; last_used_at: string | null };
  created_at: string | null;
  updated_at: string | null;
}

export interface ToolRun {
  run_id: string;
  tool: string;
  success: boolean;
  /** What it returned; null when it failed. */
  output: unknown;
  /** What a script printed, cut at 64 KiB; empty for what is built in. */
  stdout: string;
  stderr: string;
  exit_code: number | null;
  error: { code: string; message: string } | null;
  took_ms: number;
}

export interface ToolSettings {
  /** Scripts run only when this is on. */
  scripts_enabled: boolean;
  timeout_seconds: number;
  memory_mb: number;
}
