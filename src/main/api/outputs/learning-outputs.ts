import { z } from 'zod';
import {
  type LearningChange,
  type LearningCounts,
  type LearningDetail,
  type LearningEvidence,
  type LearningOutcome,
  type LearningView,
  learningActions,
  learningCategories,
  learningScopes,
  learningSources,
  learningStates,
} from '../../../shared/learning-views.ts';
import { summaryLanguages } from '../../../shared/summary-views.ts';
import { isoTime, pageOf, projectRef, shapeOf, unit } from './shape.ts';

export const learningOutput = shapeOf<LearningView>()(
  'Learning',
  z.object({
    id: z.string(),
    category: z.enum(learningCategories),
    statement: z.string(),
    detail: z.string().nullable(),
    tags: z.array(z.string()),
    language: z.enum(summaryLanguages),
    scope: z.enum(learningScopes),
    project: projectRef.nullable(),
    path: z.string().nullable(),
    state: z.enum(learningStates),
    confidence: unit,
    source: z.enum(learningSources),
    pinned: z.boolean(),
    note: z.string().nullable(),
    evidence_count: z.int(),
    conflict_count: z.int(),
    use_count: z.int(),
    last_used_at: isoTime.nullable(),
    confirm_count: z.int(),
    reject_count: z.int(),
    expires_at: isoTime.nullable(),
    superseded_by: z.string().nullable(),
    created_at: isoTime,
    updated_at: isoTime,
    decided_at: isoTime.nullable(),
  }),
);

export const learningEvidenceOutput = shapeOf<LearningEvidence>()(
  'LearningEvidence',
  z.object({
    role: z.enum(['supports', 'contradicts']),
    quote: z.string(),
    observation_id: z.string().nullable(),
    session_id: z.string().nullable(),
    session_title: z.string().nullable(),
    occurred_at: isoTime,
  }),
);

export const learningChangeOutput = shapeOf<LearningChange>()(
  'LearningChange',
  z.object({
    batch_id: z.string(),
    action: z.enum(learningActions),
    actor: z.enum(['person', 'rule', 'job']),
    note: z.string().nullable(),
    at: isoTime,
    undone: z.boolean(),
  }),
);

export const learningDetailOutput = shapeOf<LearningDetail>()(
  'LearningDetail',
  learningOutput.extend({
    evidence: z.array(learningEvidenceOutput),
    conflicts: z.array(
      z.object({
        learning: learningOutput,
        similarity: unit,
        supersede: z.exactOptional(z.enum(['this', 'other'])),
      }),
    ),
    similar: z.array(z.object({ learning: learningOutput, similarity: unit })),
    history: z.array(learningChangeOutput),
  }),
);

export const learningCountsOutput = shapeOf<LearningCounts>()(
  'LearningCounts',
  z.object({
    by_state: z.record(z.enum(learningStates), z.number()),
    by_category: z.record(z.enum(learningCategories), z.number()),
    conflicts: z.int(),
  }),
);

export const learningOutcomeOutput = shapeOf<LearningOutcome>()(
  'LearningOutcome',
  z.object({
    batch_id: z.string(),
    learnings: z.array(learningOutput),
  }),
);

export const learningPageOutput = pageOf(learningOutput);

export const learningTextOutput = z.object({ text: z.string(), count: z.int() });

export const learningFileOutput = z.object({ file: z.string(), count: z.int() });
