import type { JobCost } from './job-views.ts';

/** A question over memory, and its answer with what it rests on. */

export const askSourceKinds = ['observation', 'learning', 'summary', 'memory'] as const;

export interface AskSource {
  /** As cited in the answer: [1], [2]… */
  number: number;
  kind: (typeof askSourceKinds)[number];
  id: string;
  session_id: string | null;
  session_title: string | null;
  project_name: string | null;
  title: string;
  /** The passage that speaks to the question. */
  excerpt: string;
  occurred_at: string;
}

export interface AskAnswer {
  text: string;
  /** Those that the text cites, in the order of their numbers. */
  sources: AskSource[];
  /** extractive: sentences of the sources themselves; none: nothing in memory speaks to it. */
  mode: 'model' | 'extractive' | 'none';
  /** Why no model answered although one is set; null otherwise. */
  fallback_reason: string | null;
  model: string | null;
  cost: JobCost | null;
  took_ms: number;
}

/** First what was found, then the answer as it grows, then the whole of it. */
export type AskEvent =
  | { type: 'sources'; sources: AskSource[] }
  | { type: 'text'; delta: string }
  | { type: 'done'; answer: AskAnswer };
