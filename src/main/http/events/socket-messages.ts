import { z } from 'zod';
import { signalTypes } from '../../../shared/signal-views.ts';
import { memoryEventTypes } from '../../../shared/views.ts';
import { slowModes } from './stream-request.ts';

/** What a client may say on the socket. */

const name = z.string().regex(/^[\w.:-]{1,64}$/, { error: 'An id has up to 64 letters, digits and . _ : -' });
const place = z.string().min(1).max(200);

const subscribe = z.strictObject({
  type: z.literal('subscribe'),
  /** Events of it carry the name as `subscription`. */
  id: name.optional(),
  /** Without it all entries of the log; signals only by name. */
  types: z
    .array(z.enum([...memoryEventTypes, ...signalTypes]))
    .min(1)
    .max(60)
    .optional(),
  project_id: place.optional(),
  session_id: place.optional(),
  /** The last event that the client has seen. */
  after: z.int().min(0).optional(),
  slow: z.enum(slowModes).default('catch-up'),
});

export const socketMessage = z.discriminatedUnion('type', [
  subscribe,
  z.strictObject({ type: z.literal('unsubscribe'), id: name.optional() }),
  z.object({ type: z.literal('ping') }),
  z.object({ type: z.literal('pong') }),
]);

export type SubscribeMessage = z.output<typeof subscribe>;
