import type { ProjectRef } from './views.ts';

/** Questions of agents whether they may use a tool, and what a person or a rule answers. */

/** expired: nobody decided in time, the terminal keeps the question; withdrawn: the agent no longer waits. */
export const permissionStates = ['pending', 'allowed', 'denied', 'expired', 'withdrawn'] as const;
export type PermissionState = (typeof permissionStates)[number];

export interface PermissionRequestView {
  id: string;
  session_id: string;
  session_title: string | null;
  project: ProjectRef;
  cwd: string;
  agent_type: string | null;
  tool: string;
  /** One line that says what would happen: the command, the file, the address. */
  summary: string;
  /** What the tool would be given, redacted. */
  input: unknown;
  /** False when not all of it is shown (private, too long): it can be denied here, and allowed only in the terminal. */
  allowable: boolean;
  /** The pattern of a rule that fits exactly this; null when it holds a secret or is too long for a rule. */
  pattern: string | null;
  permission_mode: string | null;
  state: PermissionState;
  decided_by: 'person' | 'rule' | null;
  rule_id: string | null;
  /** What the agent is told on a denial. */
  message: string | null;
  created_at: string;
  /** Until then the agent waits. */
  expires_at: string;
  decided_at: string | null;
}

export const permissionEffects = ['allow', 'deny', 'ask'] as const;
export type PermissionEffect = (typeof permissionEffects)[number];

/** The most particular rule that fits decides; deny goes before ask, ask before allow, when they are equally particular. */
export interface PermissionRuleView {
  id: string;
  effect: PermissionEffect;
  /** A tool's name; `*` stands for anything: `mcp__github__*`. */
  tool: string;
  /** Fits the summary: `npm test*`, `src/**`. Null: anything. */
  pattern: string | null;
  /** Null: everywhere. */
  project: ProjectRef | null;
  /** What the agent is told on a denial. */
  message: string | null;
  enabled: boolean;
  use_count: number;
  last_used_at: string | null;
  created_at: string;
  updated_at: string;
}

export interface PermissionSettings {
  /** Off: the terminal asks as if this were not here. */
  enabled: boolean;
  /** How long an agent waits for a decision. */
  wait_seconds: number;
  /** Shows a native notification. */
  notify: boolean;
}
