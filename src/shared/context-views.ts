import type { ProjectRef } from './views.ts';

/** What is handed back to the agent, line by line, and what was handed back before. */

export const contextSections = [
  'rules',
  'remembered',
  'notes',
  'threads',
  'sessions',
  'relevant',
  'observations',
  'progress',
  'recall',
  'file',
] as const;
export type ContextSection = (typeof contextSections)[number];

/** Why a line is there; the window puts it into words. */
export const contextReasons = [
  'approved_rule',
  'remembered',
  'session_note',
  'unfinished_turn',
  'open_todo',
  'unresolved_failure',
  'recent_session',
  'same_branch',
  'same_directory',
  'important',
  'pinned',
  'matches_prompt',
  'file_failed_before',
  'file_changed_before',
  'before_compaction',
] as const;
export type ContextReason = (typeof contextReasons)[number];

export interface ContextLine {
  section: ContextSection;
  text: string;
  reason: ContextReason;
  /** 0 to 1: what the knapsack weighed against the tokens. */
  value: number;
  tokens: number;
  /** What it tells of; null when it is gone or is none. */
  observation_id: string | null;
  session_id: string | null;
  learning_id: string | null;
  memory_id: string | null;
}

/** What the next session would be given, byte for byte. */
export interface ContextPreview {
  text: string;
  characters: number;
  /** Estimated: characters / 4 for Latin text, 1 for each CJK character. */
  tokens: number;
  budget_tokens: number;
  sections: { name: ContextSection; lines: number; tokens: number }[];
  lines: ContextLine[];
  /** Lines that were known and did not fit. */
  left_out: number;
  /** False when context is switched off here: nothing would be given. */
  enabled: boolean;
}

export const injectionKinds = ['startup', 'resume', 'clear', 'compact', 'prompt', 'file'] as const;
export type InjectionKind = (typeof injectionKinds)[number];

/** One text that was given to an agent. */
export interface InjectionView {
  id: string;
  kind: InjectionKind;
  session_id: string;
  session_title: string | null;
  project: ProjectRef;
  prompt_id: string | null;
  /** The beginning of the prompt that it was given for; null for a session's start. */
  prompt: string | null;
  /** The file that was about to be read or changed. */
  file: string | null;
  text: string;
  characters: number;
  tokens: number;
  budget_tokens: number;
  lines: ContextLine[];
  occurred_at: string;
}

/** What may be given; a project's or session's own choice goes before the general one. */
export interface ContextSettings {
  /** At a session's start. */
  context: boolean;
  /** At each prompt. */
  recall: boolean;
  /** Before a file is read or changed. */
  file_history: boolean;
  budget_tokens: number;
}

/** null: as the wider scope says. */
export type ContextChoice = { [Name in keyof ContextSettings]: ContextSettings[Name] | null };

/** What is left out stays as it was. */
export type ContextChange = { [Name in keyof ContextChoice]?: ContextChoice[Name] | undefined };

export const marks = ['pinned', 'hidden', 'wrong'] as const;
/** What a person said about an observation or a session. */
export type Mark = (typeof marks)[number];
