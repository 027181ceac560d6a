import type { ProjectRef } from './views.ts';

/** Memories that somebody asked for: "remember this", "forget that". */

/** working: forgotten after its time to live; episodic: what happened; semantic: what is so; procedural: how it is done. */
export const memoryTypes = ['working', 'episodic', 'semantic', 'procedural'] as const;
export type MemoryType = (typeof memoryTypes)[number];

export interface MemoryView {
  id: string;
  type: MemoryType;
  text: string;
  tags: string[];
  /** Free: names with JSON, given back as it came. */
  metadata: Record<string, unknown>;
  /** Null: everywhere. */
  project: ProjectRef | null;
  /** 0 to 1. */
  importance: number;
  /** Grows by one with each revision. */
  version: number;
  /** When it holds; `valid_to` is set once a revision took its place. */
  valid_from: string;
  valid_to: string | null;
  /** Working memories are gone after this. */
  expires_at: string | null;
  /** How often it was asked to be remembered: 1 for what is new. */
  seen_count: number;
  access_count: number;
  last_accessed_at: string | null;
  /** Set while it is forgotten and can be taken back. */
  forgotten_at: string | null;
  created_at: string;
  updated_at: string;
}

export interface MemoryHit {
  memory: MemoryView;
  /** 0 to 1; null where nothing was searched for but tags or times. */
  score: number | null;
  matched_terms: string[];
}
