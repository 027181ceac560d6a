import { z } from 'zod';
import { type GapEvent, type MemoryEvent, memoryEventTypes } from '../../../shared/views.ts';
import { isoTime, shapeOf } from './shape.ts';

export const memoryEventOutput = shapeOf<MemoryEvent>()(
  'MemoryEvent',
  z.object({
    id: z.int(),
    type: z.enum(memoryEventTypes),
    at: isoTime,
    project_id: z.string().nullable(),
    session_id: z.string().nullable(),
    data: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  }),
);

export const gapEventOutput = shapeOf<GapEvent>()(
  'GapEvent',
  z.object({
    type: z.literal('gap'),
    after: z.int(),
    next: z.int(),
  }),
);

export const eventOutput = z.discriminatedUnion('type', [memoryEventOutput, gapEventOutput]).meta({ id: 'Event' });

export const ticketOutput = z.object({ ticket: z.string() });
