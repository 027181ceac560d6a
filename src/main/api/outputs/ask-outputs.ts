import { z } from 'zod';
import { type AskAnswer, type AskEvent, type AskSource, askSourceKinds } from '../../../shared/ask-views.ts';
import { jobCostOutput } from './job-outputs.ts';
import { isoTime, shapeOf } from './shape.ts';

export const askSourceOutput = shapeOf<AskSource>()(
  'AskSource',
  z.object({
    number: z.int(),
    kind: z.enum(askSourceKinds),
    id: z.string(),
    session_id: z.string().nullable(),
    session_title: z.string().nullable(),
    project_name: z.string().nullable(),
    title: z.string(),
    excerpt: z.string(),
    occurred_at: isoTime,
  }),
);

export const askAnswerOutput = shapeOf<AskAnswer>()(
  'AskAnswer',
  z.object({
    text: z.string(),
    sources: z.array(askSourceOutput),
    mode: z.enum(['model', 'extractive', 'none']),
    fallback_reason: z.string().nullable(),
    model: z.string().nullable(),
    cost: jobCostOutput.nullable(),
    took_ms: z.number(),
  }),
);

export const askEventOutput = shapeOf<AskEvent>()(
  'AskEvent',
  z.discriminatedUnion('type', [
    z.object({ type: z.literal('sources'), sources: z.array(askSourceOutput) }),
    z.object({ type: z.literal('text'), delta: z.string() }),
    z.object({ type: z.literal('done'), answer: askAnswerOutput }),
  ]),
);
