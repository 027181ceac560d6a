/** The memory in numbers. */

export interface StatsOverview {
  sessions: number;
  active_sessions: number;
  prompts: number;
  messages: number;
  observations: number;
  failures: number;
  summaries: number;
  learnings: { proposed: number; approved: number; total: number };
  memories: number;
  entities: number;
  projects: number;
  agents: number;
  database_bytes: number;
  first_event_at: string | null;
  last_event_at: string | null;
}

export const statsBuckets = ['hour', 'day', 'week', 'month'] as const;
export type StatsBucket = (typeof statsBuckets)[number];

/** Added within one bucket, and how many there were at its end. */
export interface GrowthPoint {
  /** Its beginning, in the worker's time zone. */
  at: string;
  sessions: number;
  observations: number;
  learnings: number;
  memories: number;
  total_observations: number;
  /** The size of the file at its end, as it was measured then; null where nobody did. */
  database_bytes: number | null;
}

export interface ActivityView {
  /** Observations by weekday (Monday first) and hour of the worker's time zone: 7 × 24. */
  hours: number[][];
  tools: { tool: string; count: number; failure_count: number }[];
  types: { type: string; count: number }[];
  projects: { id: string; name: string; count: number }[];
  agents: { name: string; count: number }[];
}
