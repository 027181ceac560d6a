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
  /** Free: names and short values. */
  metadata: Record<string, string | number | boolean | null>;
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
