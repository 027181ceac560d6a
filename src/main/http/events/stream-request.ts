import { z } from 'zod';
import { type SignalType, signalTypes } from '../../../shared/signal-views.ts';
import { memoryEventTypes, type MemoryEventType } from '../../../shared/views.ts';

const eventTypes: ReadonlySet<string> = new Set(memoryEventTypes);
const heardTypes: ReadonlySet<string> = new Set(signalTypes);

const isEventType = (type: string): type is MemoryEventType => eventTypes.has(type);
const isSignalType = (type: string): type is SignalType => heardTypes.has(type);

export const slowModes = ['catch-up', 'gap'] as const;

const noEventId = 'Last-Event-ID is the number of an event.';
/** Digits and nothing else: what JavaScript takes for a number besides, `1e3`, `0x10` or nothing, is the id of no event. */
const eventId = z
  .string()
  .regex(/^\d+$/, { error: noEventId })
  .transform(Number)
  .pipe(z.int({ error: noEventId }));

/** The address of a stream: `?types=…&project_id=…&session_id=…&last_event_id=…&slow=…`. */
export const streamQuery = z.object({
  types: z
    .string()
    .max(2_000)
    .transform((list) => list.split(',').map((type) => type.trim()))
    .refine((list) => list.every((type) => isEventType(type) || isSignalType(type)), {
      error: `types is a list of ${[...memoryEventTypes, ...signalTypes].join(', ')}`,
    })
    .optional(),
  project_id: z.string().max(200).optional(),
  session_id: z.string().max(200).optional(),
  last_event_id: eventId.optional(),
  slow: z.enum(slowModes).default('catch-up'),
});

/** What was asked for by name, split by what it is; null: nothing was said. */
export function splitTypes(types: readonly string[] | undefined): {
  events: MemoryEventType[];
  signals: SignalType[];
} | null {
  return types === undefined ? null : { events: types.filter(isEventType), signals: types.filter(isSignalType) };
}
