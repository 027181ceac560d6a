import { z } from 'zod';
import { type MemoryHit, type MemoryView, memoryTypes } from '../../../shared/note-views.ts';
import { isoTime, pageOf, projectRef, shapeOf } from './shape.ts';

export const memoryOutput = shapeOf<MemoryView>()(
  'Memory',
  z.object({
    id: z.string(),
    type: z.enum(memoryTypes),
    text: z.string(),
    tags: z.array(z.string()),
    metadata: z.record(z.string(), z.unknown()),
    project: projectRef.nullable(),
    importance: z.number().min(0).max(1),
    version: z.int(),
    valid_from: isoTime,
    valid_to: isoTime.nullable(),
    expires_at: isoTime.nullable(),
    seen_count: z.int(),
    access_count: z.int(),
    last_accessed_at: isoTime.nullable(),
    forgotten_at: isoTime.nullable(),
    created_at: isoTime,
    updated_at: isoTime,
  }),
);

export const memoriesOutput = z.array(memoryOutput);

export const memoryPageOutput = pageOf(memoryOutput);

export const memoryHitOutput = shapeOf<MemoryHit>()(
  'MemoryHit',
  z.object({
    memory: memoryOutput,
    score: z.number().nullable(),
    matched_terms: z.array(z.string()),
  }),
);

export const memoryHitsOutput = z.array(memoryHitOutput);
