import { tracked } from '@trpc/server';
import { eventOutput } from '../outputs/event-outputs.ts';
import { trackedStreamOf } from '../outputs/shape.ts';
import { eventsInput } from '../schemas.ts';
import { procedure, router } from '../trpc.ts';

export const eventRouter = router({
  subscribe: procedure
    .meta({
      summary: 'What happens, as it happens; from an event on when `Last-Event-ID` names it.',
      tag: 'events',
      scope: 'read',
      rest: { method: 'GET', path: '/stream/events', query: { last_event_id: 'lastEventId' }, stream: true },
    })
    .input(eventsInput)
    .output(trackedStreamOf(eventOutput))
    .subscription(async function* ({ ctx, input, signal }) {
      const { lastEventId, ...filter } = input;
      const stop = signal ?? new AbortController().signal;
      for await (const event of ctx.services.events({ ...filter, after: lastEventId ?? undefined }, stop)) {
        yield tracked(String(event.type === 'gap' ? event.next - 1 : event.id), event);
      }
    }),
});
