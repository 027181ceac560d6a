/** Programs that use the memory: Claude Code, and whatever else reports its sessions. */

export const agentStates = ['active', 'idle', 'disabled'] as const;
export type AgentState = (typeof agentStates)[number];

export interface AgentView {
  id: string;
  /** What its sessions carry as `agent`: claude-code, codex… */
  name: string;
  description: string | null;
  metadata: Record<string, unknown>;
  /** active: it did something within a quarter of an hour; disabled: its sessions are no longer taken. */
  state: AgentState;
  session_count: number;
  observation_count: number;
  /** Events that came while it was disabled and were not taken. */
  dropped_count: number;
  first_seen_at: string | null;
  last_active_at: string | null;
  created_at: string;
  updated_at: string;
}
