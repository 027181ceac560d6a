import { z } from 'zod';
import {
  type ContextLine,
  type ContextPreview,
  type ContextSettings,
  type InjectionView,
  contextReasons,
  contextSections,
  injectionKinds,
} from '../../../shared/context-views.ts';
import type { ContextChoiceView } from '../services.ts';
import { isoTime, pageOf, projectRef, shapeOf, unit } from './shape.ts';

export const contextLineOutput = shapeOf<ContextLine>()(
  'ContextLine',
  z.object({
    section: z.enum(contextSections),
    text: z.string(),
    reason: z.enum(contextReasons),
    value: unit,
    tokens: z.number(),
    observation_id: z.string().nullable(),
    session_id: z.string().nullable(),
    learning_id: z.string().nullable(),
    memory_id: z.string().nullable(),
  }),
);

export const contextPreviewOutput = shapeOf<ContextPreview>()(
  'ContextPreview',
  z.object({
    text: z.string(),
    characters: z.int(),
    tokens: z.number(),
    budget_tokens: z.number(),
    sections: z.array(z.object({ name: z.enum(contextSections), lines: z.int(), tokens: z.number() })),
    lines: z.array(contextLineOutput),
    left_out: z.int(),
    enabled: z.boolean(),
  }),
);

export const injectionOutput = shapeOf<InjectionView>()(
  'Injection',
  z.object({
    id: z.string(),
    kind: z.enum(injectionKinds),
    session_id: z.string(),
    session_title: z.string().nullable(),
    project: projectRef,
    prompt_id: z.string().nullable(),
    prompt: z.string().nullable(),
    file: z.string().nullable(),
    text: z.string(),
    characters: z.int(),
    tokens: z.number(),
    budget_tokens: z.number(),
    lines: z.array(contextLineOutput),
    occurred_at: isoTime,
  }),
);

export const contextSettingsOutput = shapeOf<ContextSettings>()(
  'ContextSettings',
  z.object({
    context: z.boolean(),
    recall: z.boolean(),
    file_history: z.boolean(),
    budget_tokens: z.number(),
  }),
);

export const contextChoiceOutput = shapeOf<ContextChoiceView>()(
  'ContextChoice',
  z.object({
    choice: z.object({
      context: z.boolean().nullable(),
      recall: z.boolean().nullable(),
      file_history: z.boolean().nullable(),
      budget_tokens: z.number().nullable(),
    }),
    effective: contextSettingsOutput,
  }),
);

export const injectionPageOutput = pageOf(injectionOutput);
