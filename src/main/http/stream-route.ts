import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';
import { memoryEventTypes, type MemoryEventType } from '../../shared/views.ts';
import type { AppVariables } from './app.ts';
import { problem } from './problem.ts';

const heartbeatMs = 15_000;

const known: ReadonlySet<string> = new Set(memoryEventTypes);

const query = z.object({
  types: z
    .string()
    .transform((list) => list.split(',').map((type) => type.trim()))
    .refine((list): list is MemoryEventType[] => list.every((type) => known.has(type)), {
      error: `types is a list of ${memoryEventTypes.join(', ')}`,
    })
    .optional(),
  project_id: z.string().max(200).optional(),
  session_id: z.string().max(200).optional(),
});

const eventId = z.coerce.number().int().min(0);

/**
 * `GET /api/v1/stream/events?types=…&project_id=…&session_id=…`: server-sent events, each with the id of its entry in the
 * event log; `Last-Event-ID` (or `?last_event_id=`) takes the stream up again. A comment every 15 s keeps it open.
 */
export function streamEvents() {
  return (c: Context<{ Variables: AppVariables }>) => {
    const { services } = c.get('api');
    const filter = query.safeParse(c.req.query());
    const lastId = c.req.header('last-event-id') ?? c.req.query('last_event_id');
    const after = eventId.optional().safeParse(lastId);
    if (!filter.success) return c.json(problem('INVALID_QUERY', z.prettifyError(filter.error)), 400);
    if (!after.success) return c.json(problem('INVALID_QUERY', 'Last-Event-ID is the number of an event.'), 400);
    c.header('X-Accel-Buffering', 'no');
    return streamSSE(c, async (stream) => {
      const stop = new AbortController();
      stream.onAbort(() => stop.abort());
      const heartbeat = setInterval(() => void stream.write(': alive\n\n').catch(() => stop.abort()), heartbeatMs);
      heartbeat.unref();
      try {
        // Sent at once, so that a client knows that it is connected before the first event.
        await stream.write(': connected\n\n');
        for await (const event of services.events({ ...filter.data, after: after.data }, stop.signal)) {
          const id = event.type === 'gap' ? event.next - 1 : event.id;
          await stream.writeSSE({ id: String(id), event: event.type, data: JSON.stringify(event) });
        }
      } finally {
        clearInterval(heartbeat);
      }
    });
  };
}
