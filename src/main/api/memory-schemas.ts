import { z } from 'zod';
import { memoryTypes } from '../../shared/note-views.ts';
import { searchModes } from '../../shared/search-views.ts';
import { metadata } from './metadata-schema.ts';
import { newTags, tags } from './tags-schema.ts';
import { isoTime } from './time-schema.ts';

const id = z.string().min(1).max(200);
const limit = z.number().int().min(1).max(200).default(50);
const text = z.string().trim().min(1, { error: 'Say what to remember.' }).max(20_000);
const ttlSeconds = z.number().int().min(1).max(31_536_000);

export const memoryListInput = z.object({
  type: z.enum(memoryTypes).optional(),
  tags: tags.optional(),
  project_id: id.optional(),
  text: z.string().max(500).optional(),
  valid_at: isoTime.optional(),
  forgotten: z.boolean().optional(),
  cursor: z.string().max(500).optional(),
  limit,
});
/** What is left out is filled in for a new memory only: said again, it is no wish to have it as it usually is. */
export const memoryInput = z.object({
  text,
  type: z.enum(memoryTypes).optional().meta({ default: 'semantic' }),
  tags: newTags.optional().meta({ default: [] }),
  metadata: metadata.optional().meta({ default: {} }),
  importance: z.number().min(0).max(1).optional().meta({ default: 0.5 }),
  project_id: id.optional(),
  valid_from: isoTime.optional(),
  ttl_seconds: ttlSeconds.optional(),
});
/** All that is kept, or nothing of it: one of them that is refused refuses all. */
export const memoriesInput = z.object({ memories: z.array(memoryInput).min(1).max(100) });
export const memorySearchInput = z.object({
  text: z.string().trim().min(1).max(10_000).optional(),
  mode: z.enum(searchModes).default('mixed'),
  type: z.enum(memoryTypes).optional(),
  tags: tags.optional(),
  tag_match: z.enum(['all', 'any']).default('all'),
  project_id: id.optional(),
  since: isoTime.optional(),
  until: isoTime.optional(),
  min_score: z.number().min(0).max(1).optional(),
  except_id: id.optional(),
  limit: z.number().int().min(1).max(100).default(20),
});
export const memoryReviseInput = z.object({
  id,
  change: z.object({
    text: text.optional(),
    tags: newTags.optional(),
    metadata: metadata.optional(),
    add_metadata: metadata.optional().meta({
      description: 'Entries for the metadata that it has, in place of those of the same name; all others stay.',
    }),
    importance: z.number().min(0).max(1).optional(),
    project_id: id.optional(),
    valid_from: isoTime.optional(),
    ttl_seconds: ttlSeconds.optional(),
  }),
});
export const forgetInput = z
  .object({
    id: id.optional(),
    text: z.string().trim().min(1).max(2_000).optional(),
    project_id: id.optional(),
    dry_run: z.boolean().default(false),
  })
  .refine((input) => input.id !== undefined || input.text !== undefined, {
    error: 'Say what to forget: an id or its words.',
  });
