import { z } from 'zod';
import {
  type SummaryCommand,
  type SummaryContent,
  type SummaryFile,
  type SummaryView,
  summaryLanguages,
  summaryScopes,
  summarySources,
} from '../../../shared/summary-views.ts';
import { isoTime, pageOf, projectRef, shapeOf } from './shape.ts';

export const summaryCommandOutput = shapeOf<SummaryCommand>()(
  'SummaryCommand',
  z.object({
    command: z.string(),
    outcome: z.enum(['passed', 'failed']),
    note: z.string().nullable(),
  }),
);

export const summaryFileOutput = shapeOf<SummaryFile>()(
  'SummaryFile',
  z.object({
    path: z.string(),
    change: z.enum(['read', 'changed']),
  }),
);

export const summaryContentOutput = shapeOf<SummaryContent>()(
  'SummaryContent',
  z.object({
    title: z.string(),
    language: z.enum(summaryLanguages),
    request: z.string().nullable(),
    investigated: z.array(z.string()),
    done: z.array(z.string()),
    learned: z.array(z.string()),
    open_ends: z.array(z.string()),
    key_points: z.array(z.string()),
    files: z.array(summaryFileOutput),
    commands: z.array(summaryCommandOutput),
  }),
);

export const summaryOutput = shapeOf<SummaryView>()(
  'Summary',
  summaryContentOutput.extend({
    id: z.string(),
    scope: z.enum(summaryScopes),
    source: z.enum(summarySources),
    project: projectRef,
    session_id: z.string().nullable(),
    session_title: z.string().nullable(),
    prompt_id: z.string().nullable(),
    week: z.string().nullable(),
    version: z.int(),
    is_current: z.boolean(),
    model: z.string().nullable(),
    prompt_version: z.string().nullable(),
    created_at: isoTime,
  }),
);

export const summaryPageOutput = pageOf(summaryOutput);

export const summariesOutput = z.array(summaryOutput);
