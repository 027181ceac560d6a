/** Where vectors come from and how far they are. */

export const embeddingKinds = ['builtin', 'endpoint', 'none'] as const;
export type EmbeddingKind = (typeof embeddingKinds)[number];

export interface EmbeddingSettings {
  kind: EmbeddingKind;
  /** Of an OpenAI-compatible endpoint, up to and without `/embeddings`; null for the others. */
  base_url: string | null;
  model: string | null;
  /** Asked of models that can be cut; null takes what comes. */
  dimension: number | null;
  /** Where the key is: nowhere, in the environment variable below, or in the system's keychain. Never the key itself. */
  key_source: 'none' | 'environment' | 'keychain';
  key_variable: string | null;
  /** US dollars for a million tokens, for the cost count; null when it costs nothing or is not known. */
  price_per_million_tokens: number | null;
}

/** What a header takes of a key. */
export const sendableKey = /^[\x20-\x7e]+$/;

/** Environment variables of which the value may be sent to an endpoint: those that are there to be sent. */
export const keyVariable = /^(?:\w+_(?:API_KEY|TOKEN)|CLAUDE_MEM_\w+)$/;

export interface EmbeddingProgress {
  model_id: string;
  dimension: number;
  done: number;
  total: number;
}

export interface EmbeddingStatus {
  settings: EmbeddingSettings;
  /** Whether a key can be kept in the system's keychain here. */
  keychain: boolean;
  /**
   * off: no vectors; idle: all rows have theirs; indexing: some are being made; paused: a person stopped it;
   * failing: the provider does not answer as it should, and is tried again.
   */
  state: 'off' | 'idle' | 'indexing' | 'paused' | 'failing';
  /** The model that answers searches now; null while there is none. */
  active: { model_id: string; dimension: number; vectors: number } | null;
  /** What is being made: newer rows of the active model, or all rows of another one. */
  progress: EmbeddingProgress | null;
  problem: { code: EmbeddingProblem; message: string; at: string } | null;
  backend: 'sqlite-vec' | 'table';
  /** Since the memory was made. */
  usage: { requests: number; tokens: number; cost_usd: number };
}

export const embeddingProblems = [
  'UNREACHABLE',
  'TIMEOUT',
  'REFUSED',
  'RATE_LIMITED',
  'SERVER_ERROR',
  'BAD_ANSWER',
  'WRONG_DIMENSION',
  'NO_KEY',
  'MODEL_MISSING',
] as const;
export type EmbeddingProblem = (typeof embeddingProblems)[number];
