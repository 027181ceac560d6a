import type { ObservationView, ProjectRef } from './views.ts';

/** What was said, as other programs read it. */

export interface PromptView {
  id: string;
  session_id: string;
  /** The agent's own id of it; null for clients that give none. */
  prompt_id: string | null;
  text: string;
  occurred_at: string;
}

export interface MessageView {
  id: string;
  session_id: string;
  project: ProjectRef;
  agent: string;
  /** Set when a subagent said it. */
  agent_id: string | null;
  role: 'assistant' | 'summary';
  is_final: boolean;
  text: string;
  occurred_at: string;
}

/** What a person deleted, as long as it can be taken back. */
export interface DeletionView {
  kind: 'session' | 'observation';
  id: string;
  session_id: string;
  project: ProjectRef;
  title: string | null;
  deleted_at: string;
  /** Then it is erased. */
  kept_until: string;
}

/** What happened in a session before and after one moment of it, oldest first. */
export interface ObservationsAround {
  session_id: string;
  /** The observation that was asked for; null for a time. */
  anchor_id: string | null;
  data: ObservationView[];
  /** How many more there are before and after these. */
  earlier: number;
  later: number;
}
