import { z } from 'zod';
import { signalTypes } from '../../../shared/signal-views.ts';
import { memoryEventTypes } from '../../../shared/views.ts';
import { sentenceOf } from '../../api/input-sentences.ts';
import { detailsOfIssues } from '../rest/error-answer.ts';
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

const socketMessage = z.discriminatedUnion('type', [
  subscribe,
  z.strictObject({ type: z.literal('unsubscribe'), id: name.optional() }),
  z.object({ type: z.literal('ping') }),
  z.object({ type: z.literal('pong') }),
]);

export interface MessageFault {
  /** What is wrong, in a sentence. */
  fault: string;
  /** The subscription that was meant, as far as it can be made out. */
  id: string | undefined;
}

export function readMessage(text: string): z.output<typeof socketMessage> | MessageFault {
  const said = parseJson(text);
  if (typeof said !== 'object' || said === null || Array.isArray(said)) {
    const fault = 'A message is a JSON object that says what it is: {"type":"subscribe"}, and so on.';
    return { fault, id: undefined };
  }
  const read = socketMessage.safeParse(said, { error: sentenceOf });
  if (read.success) return read.data;
  const fault = detailsOfIssues(read.error.issues)
    .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
    .join(' ');
  return { fault, id: 'id' in said ? name.safeParse(said.id).data : undefined };
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

export type SubscribeMessage = z.output<typeof subscribe>;
