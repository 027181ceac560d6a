import { z } from 'zod';
import { entityKinds, relationTypes } from '../../shared/graph-views.ts';
import { learningCategories, learningScopes } from '../../shared/learning-views.ts';
import { summaryLanguages } from '../../shared/summary-views.ts';

/** What the prompts ask for; bounds are left to whoever keeps it, since a model that is one over must not cost a second call. */

const sentences = z.array(z.string()).default([]);

/** Of a turn, a session or a week. Files and commands come from the record, not from a model. */
export const summaryAnswer = z.object({
  title: z.string().min(1),
  language: z.enum(summaryLanguages),
  request: z.string().nullable().default(null),
  investigated: sentences,
  done: sentences,
  learned: sentences,
  open_ends: sentences,
  key_points: sentences,
});
export type SummaryAnswer = z.infer<typeof summaryAnswer>;

export const learnAnswer = z.object({
  learnings: z.array(
    z.object({
      category: z.enum(learningCategories),
      statement: z.string().min(1),
      detail: z.string().nullable().default(null),
      scope: z.enum(learningScopes),
      path: z.string().nullable().default(null),
      /** Numbers of the entries of the material. */
      evidence: z.array(z.number()).default([]),
      quote: z.string().default(''),
      /** 0 to 1. */
      confidence: z.number(),
    }),
  ),
});

export const graphAnswer = z.object({
  relations: z.array(
    z.object({
      from: z.string().min(1),
      from_kind: z.enum(entityKinds),
      to: z.string().min(1),
      to_kind: z.enum(entityKinds),
      type: z.enum(relationTypes),
      /** Numbers of the entries of the material. */
      evidence: z.array(z.number()).default([]),
      /** 0 to 1. */
      weight: z.number(),
    }),
  ),
});
