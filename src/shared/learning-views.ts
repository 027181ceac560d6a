import type { SummaryLanguage } from './summary-views.ts';
import type { ProjectRef } from './views.ts';

/** What is believed, why, and who said so. */

export const learningCategories = [
  'solution',
  'best_practice',
  'pitfall',
  'preference',
  'convention',
  'decision',
  'workflow',
  'fact',
] as const;
export type LearningCategory = (typeof learningCategories)[number];

export const learningScopes = ['global', 'project', 'path'] as const;
export type LearningScope = (typeof learningScopes)[number];

export const learningStates = ['proposed', 'approved', 'rejected', 'superseded', 'expired'] as const;
export type LearningState = (typeof learningStates)[number];

/** instruction: somebody said "always", "never", "remember"; fix: failed, changed, passed; repetition: the same commands over sessions. */
export const learningSources = ['instruction', 'fix', 'repetition', 'agent_memory', 'model', 'person'] as const;
export type LearningSource = (typeof learningSources)[number];

export interface LearningView {
  id: string;
  category: LearningCategory;
  /** One sentence that stands by itself. */
  statement: string;
  /** Steps, reasons, the error; null when the statement says it all. */
  detail: string | null;
  tags: string[];
  language: SummaryLanguage;
  scope: LearningScope;
  /** Null for scope global. */
  project: ProjectRef | null;
  /** Below the project's root; for scope path. */
  path: string | null;
  state: LearningState;
  /** 0 to 1. */
  confidence: number;
  source: LearningSource;
  pinned: boolean;
  /** What a person wrote when verifying. */
  note: string | null;
  evidence_count: number;
  /** Others that say the opposite and are not settled. */
  conflict_count: number;
  /** How often it was handed to an agent. */
  use_count: number;
  last_used_at: string | null;
  confirm_count: number;
  reject_count: number;
  expires_at: string | null;
  /** The one that took its place. */
  superseded_by: string | null;
  created_at: string;
  updated_at: string;
  /** When a person or a rule of theirs approved or rejected it. */
  decided_at: string | null;
}

export interface LearningEvidence {
  role: 'supports' | 'contradicts';
  /** The words that it rests on. */
  quote: string;
  observation_id: string | null;
  session_id: string | null;
  session_title: string | null;
  occurred_at: string;
}

export const learningActions = [
  'create',
  'edit',
  'approve',
  'reject',
  'propose',
  'merge',
  'supersede',
  'expire',
  'pin',
  'unpin',
  'scope',
  'verify',
  'support',
  'delete',
  'undo',
] as const;
export type LearningAction = (typeof learningActions)[number];

export interface LearningChange {
  /** What was done together and is undone together. */
  batch_id: string;
  action: LearningAction;
  /** person, rule or job. */
  actor: 'person' | 'rule' | 'job';
  note: string | null;
  at: string;
  undone: boolean;
}

export interface LearningDetail extends LearningView {
  evidence: LearningEvidence[];
  /** Contradicting learnings, most similar first; `supersede`: which of the two is proposed to give way, as a person said the other one later. */
  conflicts: { learning: LearningView; similarity: number; supersede?: 'this' | 'other' }[];
  /** Likely duplicates that a person may merge, most similar first. */
  similar: { learning: LearningView; similarity: number }[];
  /** Newest first. */
  history: LearningChange[];
}

export interface LearningCounts {
  by_state: Record<LearningState, number>;
  by_category: Record<LearningCategory, number>;
  conflicts: number;
}

/** What a change came to; `batch_id` undoes it. */
export interface LearningOutcome {
  batch_id: string;
  learnings: LearningView[];
}
