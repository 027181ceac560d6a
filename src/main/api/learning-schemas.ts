import { z } from 'zod';
import { learningCategories, learningScopes, learningStates } from '../../shared/learning-views.ts';
import { newTags, tags } from './tags-schema.ts';
import { isoTime } from './time-schema.ts';

const id = z.string().min(1).max(200);
const ids = z.array(id).min(1).max(500);
const statement = z.string().trim().min(3, { error: 'Say it in a sentence.' }).max(2_000);

export const learningListInput = z.object({
  states: z.array(z.enum(learningStates)).optional(),
  categories: z.array(z.enum(learningCategories)).optional(),
  tags: tags.optional(),
  scope: z.enum(learningScopes).optional(),
  project_id: id.optional(),
  text: z.string().max(500).optional(),
  conflicts_only: z.boolean().optional(),
  order: z.enum(['newest', 'confidence', 'use']).default('newest'),
  cursor: z.string().max(500).optional(),
  limit: z.number().int().min(1).max(200).default(50),
});
const learningFields = z.object({
  category: z.enum(learningCategories).optional(),
  statement: statement.optional(),
  detail: z.string().trim().max(10_000).nullable().optional(),
  tags: newTags.optional(),
  scope: z.enum(learningScopes).optional(),
  project_id: id.nullable().optional(),
  path: z.string().trim().min(1).max(1_000).nullable().optional(),
  expires_at: isoTime.nullable().optional(),
});
export const learningCreateInput = learningFields
  .extend({ category: z.enum(learningCategories), statement, scope: z.enum(learningScopes) })
  .refine(({ scope, project_id: project }) => scope === 'global' || typeof project === 'string', {
    error: 'Say which project it holds for, or make its scope global.',
    path: ['project_id'],
  })
  .refine(({ scope, path }) => scope !== 'path' || typeof path === 'string', {
    error: 'Say below which path it holds.',
    path: ['path'],
  });
export const learningProposeInput = z.object({
  category: z.enum(learningCategories),
  statement: statement.max(500),
  scope: z.enum(learningScopes).default('project'),
  detail: z.string().trim().max(4_000).optional(),
  tags: newTags.default([]),
  project_id: id.optional(),
  path: z.string().trim().min(1).max(1_000).optional(),
  session_id: id.optional(),
});
export const learningEditInput = z.object({ id, change: learningFields });
export const learningCountInput = z.object({ project_id: id.optional() }).default({});
export const learningDecideInput = z.object({
  ids,
  decision: z.enum(['approve', 'reject', 'propose', 'expire']),
  note: z.string().trim().max(2_000).optional(),
});
export const learningPinInput = z.object({ ids, pinned: z.boolean() });
export const learningMergeInput = z.object({ into: id, ids, statement: statement.optional() });
export const learningSupersedeInput = z.object({ id, by: id });
export const learningPairInput = z.object({ id, other: id });
export const learningVerifyInput = z.object({
  id,
  verdict: z.enum(['confirmed', 'refuted']),
  note: z.string().trim().max(2_000).nullable().default(null),
});
export const idsInput = z.object({ ids });
export const batchInput = z.object({ batch_id: id });
export const exportInput = z.object({ project_id: id.optional(), ids: ids.optional() }).default({});
export const exportFileInput = z.object({
  file: z.string().trim().min(1).max(4_000),
  project_id: id.optional(),
  ids: ids.optional(),
});
