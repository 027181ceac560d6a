import type { FailureClass } from './job-views.ts';

/** Language models: which one is asked, and how it does. */

/** `none`: rules and sentence ranking alone, at no cost. */
export const modelKinds = ['none', 'anthropic', 'openai', 'claude-cli'] as const;
export type ModelKind = (typeof modelKinds)[number];

/** small: summaries of turns, graph; large: sessions, learnings, answers. */
export const modelTiers = ['small', 'large'] as const;
export type ModelTier = (typeof modelTiers)[number];

export const modelStates = ['off', 'untried', 'ready', 'failing', 'capped'] as const;

/** What a call was made for. */
export const modelPurposes = ['summarise', 'learn', 'graph', 'ask', 'test'] as const;
export type ModelPurpose = (typeof modelPurposes)[number];

export interface ModelSettings {
  kind: ModelKind;
  /** Null takes the provider's own address; asked of `openai` endpoints. */
  base_url: string | null;
  models: { small: string | null; large: string | null };
  key_source: 'none' | 'environment' | 'keychain';
  key_variable: string | null;
  /** Path of the `claude` program; null looks it up on PATH. */
  cli_path: string | null;
  /** Name of the set of types, concepts and prompt fragments. */
  mode: string;
  /** What is sent is cut to this many tokens, the most important first. */
  input_budget_tokens: number;
  /** What a model may be asked for; whatever is off is done by rules. */
  use_for: { turns: boolean; sessions: boolean; weeks: boolean; learnings: boolean; graph: boolean; ask: boolean };
}

export interface ModelStatus {
  settings: ModelSettings;
  keychain: boolean;
  modes: { name: string; title: string }[];
  /** What is wrong with files of modes, one sentence each. */
  mode_problems: string[];
  /** What is asked where the settings name no model. */
  default_models: Record<'anthropic' | 'claude-cli', Record<ModelTier, string>>;
  /** Where the `claude` program is, for others than the owner its name; null when it was not found. */
  claude_path: string | null;
  /**
   * off: no provider; untried: not asked since it was set up as it is; ready: the last call or test of it succeeded; failing: it
   * failed; capped: no money left.
   */
  state: (typeof modelStates)[number];
  problem: { class: FailureClass; message: string; at: string } | null;
}

export interface ModelTest {
  model: string;
  took_ms: number;
  /** What it said, at most 200 characters. */
  answer: string;
  cost_usd: number | null;
}
