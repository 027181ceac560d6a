import type { ProjectRef } from './views.ts';

/** What a turn, a session or a project's week came to. */

export const summaryScopes = ['turn', 'session', 'week'] as const;
export type SummaryScope = (typeof summaryScopes)[number];

/** extractive: rules and sentence ranking; client: the agent's own summary of a compaction. */
export const summarySources = ['extractive', 'model', 'client'] as const;
export type SummarySource = (typeof summarySources)[number];

export const summaryLanguages = ['en', 'zh'] as const;
export type SummaryLanguage = (typeof summaryLanguages)[number];

export interface SummaryCommand {
  command: string;
  outcome: 'passed' | 'failed';
  /** What it said that matters; null when it said nothing. */
  note: string | null;
}

export interface SummaryFile {
  path: string;
  change: 'read' | 'changed';
}

/** Each text is a sentence or a phrase in the language of the session; empty lists and null where there is nothing to say. */
export interface SummaryContent {
  title: string;
  language: SummaryLanguage;
  request: string | null;
  investigated: string[];
  done: string[];
  learned: string[];
  open_ends: string[];
  key_points: string[];
  files: SummaryFile[];
  commands: SummaryCommand[];
}

export interface SummaryView extends SummaryContent {
  id: string;
  scope: SummaryScope;
  source: SummarySource;
  project: ProjectRef;
  session_id: string | null;
  session_title: string | null;
  /** The agent's id of the turn's prompt. */
  prompt_id: string | null;
  /** Of a week: its Monday as YYYY-MM-DD in the worker's time zone. */
  week: string | null;
  /** Grows by one with each new version of the same thing; the newest, or the one that a person chose, is current. */
  version: number;
  is_current: boolean;
  model: string | null;
  prompt_version: string | null;
  created_at: string;
}
