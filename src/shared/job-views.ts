import type { ProjectRef } from './views.ts';

/** Work that is done later and survives the worker: what waits, what runs, what went wrong. */

export const jobKinds = [
  'summarise',
  'learn',
  'embed',
  'graph',
  'decay',
  'consolidate',
  'backup',
  'cleanup',
  'export',
] as const;
export type JobKind = (typeof jobKinds)[number];

/** parked: failed in a way that trying again does not mend, or too often; a person decides. */
export const jobStates = ['waiting', 'running', 'done', 'parked', 'cancelled'] as const;
export type JobState = (typeof jobStates)[number];

/**
 * Why an attempt failed. Only `transient` (hangs, cut streams, 5xx, 529) and `rate_limit` (429) are tried again by
 * themselves; `cap` waits for the day or month that has money again; `setup`: what the settings name is not there (a program,
 * a key, a model, an address), `auth`: the provider refuses the key or the login; `bug` is ours.
 */
export const failureClasses = [
  'transient',
  'rate_limit',
  'quota',
  'setup',
  'auth',
  'format',
  'too_long',
  'cap',
  'bug',
] as const;
export type FailureClass = (typeof failureClasses)[number];

export interface JobFailure {
  class: FailureClass;
  /** A sentence that says what happened and what to do. */
  message: string;
  at: string;
}

export interface JobCost {
  input_tokens: number;
  output_tokens: number;
  cost_usd: number;
}

export interface JobView {
  id: string;
  kind: JobKind;
  state: JobState;
  /** What it is about, from the payload: a scope, a file name, counts. Never a whole text. */
  details: Record<string, string | number | boolean | null>;
  project: ProjectRef | null;
  session_id: string | null;
  session_title: string | null;
  /** Higher goes first. */
  priority: number;
  attempts: number;
  most_attempts: number;
  progress: { done: number; total: number } | null;
  /** Not before this time; set while it waits for one. */
  run_after: string | null;
  failure: JobFailure | null;
  /** Of its calls to models; null when it made none. */
  cost: JobCost | null;
  /** One sentence on what came of it; null before its end. */
  result: string | null;
  created_at: string;
  started_at: string | null;
  ended_at: string | null;
}

export interface JobKindView {
  kind: JobKind;
  paused: boolean;
  /** How many of this kind may run at the same time. */
  concurrency: number;
  waiting: number;
  running: number;
  parked: number;
  done_today: number;
}

export interface ScheduleView {
  kind: JobKind;
  /** Five fields, in the worker's time zone. */
  cron: string;
  enabled: boolean;
  next_at: string | null;
  last_at: string | null;
}

export interface JobsOverview {
  /** Everything stands still, because a person said so. */
  paused: boolean;
  kinds: JobKindView[];
  schedules: ScheduleView[];
}
