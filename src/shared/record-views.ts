import type { ProjectRef } from './views.ts';

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
