import { z } from 'zod';
import type { DeletionView, MessageView, PromptView } from '../../../shared/record-views.ts';
import { isoTime, pageOf, projectRef, shapeOf } from './shape.ts';

export const promptOutput = shapeOf<PromptView>()(
  'Prompt',
  z.object({
    id: z.string(),
    session_id: z.string(),
    prompt_id: z.string().nullable(),
    text: z.string(),
    occurred_at: isoTime,
  }),
);

export const messageOutput = shapeOf<MessageView>()(
  'Message',
  z.object({
    id: z.string(),
    session_id: z.string(),
    project: projectRef,
    agent: z.string(),
    agent_id: z.string().nullable(),
    role: z.enum(['assistant', 'summary']),
    is_final: z.boolean(),
    text: z.string(),
    occurred_at: isoTime,
  }),
);

export const deletionPageOutput = pageOf(
  shapeOf<DeletionView>()(
    'Deletion',
    z.object({
      kind: z.enum(['session', 'observation']),
      id: z.string(),
      session_id: z.string(),
      project: projectRef,
      title: z.string().nullable(),
      deleted_at: isoTime,
      kept_until: isoTime,
    }),
  ),
);

export const promptPageOutput = pageOf(promptOutput);

export const messagePageOutput = pageOf(messageOutput);
