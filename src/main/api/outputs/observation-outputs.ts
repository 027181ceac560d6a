import { z } from 'zod';
import { marks } from '../../../shared/context-views.ts';
import type { ObservationsAround } from '../../../shared/record-views.ts';
import { type ObservationDetail, type ObservationView, observationTypes } from '../../../shared/views.ts';
import { isoTime, pageOf, projectRef, shapeOf, unit } from './shape.ts';

export const observationOutput = shapeOf<ObservationView>()(
  'Observation',
  z.object({
    id: z.string(),
    type: z.enum(observationTypes),
    tool: z.string().nullable(),
    title: z.string(),
    subtitle: z.string().nullable(),
    facts: z.array(z.string()),
    narrative: z.string().nullable(),
    concepts: z.array(z.string()),
    files_read: z.array(z.string()),
    files_changed: z.array(z.string()),
    importance: unit,
    failed: z.boolean(),
    duration_ms: z.number().nullable(),
    session_id: z.string(),
    project: projectRef,
    agent_id: z.string().nullable(),
    agent_type: z.string().nullable(),
    prompt_id: z.string().nullable(),
    occurred_at: isoTime,
    mark: z.enum(marks).nullable(),
  }),
);

export const observationDetailOutput = shapeOf<ObservationDetail>()(
  'ObservationDetail',
  observationOutput.extend({
    input: z.unknown(),
    result: z.unknown(),
    error: z.string().nullable(),
    original_bytes: z.int(),
    source: z.string(),
  }),
);

export const observationPageOutput = pageOf(observationOutput);

export const observationsAroundOutput = shapeOf<ObservationsAround>()(
  'ObservationsAround',
  z.object({
    session_id: z.string(),
    anchor_id: z.string().nullable(),
    data: z.array(observationOutput),
    earlier: z.int(),
    later: z.int(),
  }),
);
