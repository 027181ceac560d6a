import type { ProjectRef } from './views.ts';

/** What things are mentioned, and how they hang together. */

export const entityKinds = ['file', 'tool', 'error', 'concept', 'project', 'command'] as const;
export type EntityKind = (typeof entityKinds)[number];

export const relationTypes = ['uses', 'solves', 'causes', 'part_of', 'related_to', 'contradicts'] as const;
export type RelationType = (typeof relationTypes)[number];

export interface EntityView {
  id: string;
  kind: EntityKind;
  name: string;
  project: ProjectRef | null;
  /** Observations and learnings that mention it. */
  mentions: number;
  last_seen_at: string;
}

export interface RelationView {
  from: string;
  to: string;
  type: RelationType;
  /** 0 to 1. */
  weight: number;
  evidence_count: number;
  /** At most 20 observations that it rests on, newest first. */
  evidence: string[];
}

/** Entities and the relations between them: what an explorer draws. */
export interface GraphView {
  entities: EntityView[];
  relations: RelationView[];
  /** True when there was more than the limit. */
  truncated: boolean;
}

export interface RankedEntity {
  entity: EntityView;
  /** Personalised PageRank from the seeds; sums to at most 1. */
  score: number;
}
