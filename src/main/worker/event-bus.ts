import type { EventSubscription } from '../api/services.ts';
import type { GapEvent, MemoryEvent } from '../../shared/views.ts';
import type { LogPage } from '../store/tables/event-log.ts';
import { createEventFeed, type RunningFeed } from './event-feed.ts';
import { matches } from './event-lanes.ts';

/** Events that wait for one slow subscriber; a slower one is told of a gap. */
const longestQueue = 1_000;
/** Read from the log at once when a subscriber catches up. */
const catchUpSize = 500;

export interface EventSource {
  /** Asks the writer to pass entries on, or to keep them to the log; resolves when it does. */
  listen(listening: boolean): Promise<void>;
  eventPage(place: { after: number; limit: number }): Promise<LogPage>;
}

export interface EventBus {
  /** JSON of `MemoryEvent[]`, parsed only when somebody listens. */
  publish(entries: string): void;
  /** For the streams of the port. */
  feed: RunningFeed;
  listen(listener: (event: MemoryEvent) => void): () => void;
  /**
   * What is asked for from the log, then what happens, each event once and in order, until `signal` aborts.
   * What is no longer kept, or was too much for the reader, is announced by one gap event.
   */
  subscribe(request: EventSubscription, signal: AbortSignal): AsyncGenerator<MemoryEvent | GapEvent>;
  /** Ends all streams and subscriptions: whoever waits on one that is closed would wait for ever. */
  close(): void;
}

/** Hands what the writer logs to whoever listens; while nobody does, the writer is asked to send nothing. */
export function createEventBus(source: EventSource): EventBus {
  const listeners = new Set<(event: MemoryEvent) => void>();
  const closing = new AbortController();
  let holders = 0;
  let ready: Promise<void> = Promise.resolve();

  function hold(): Promise<void> {
    holders++;
    if (holders === 1) ready = source.listen(true);
    return ready;
  }

  function release(): void {
    holders--;
    if (holders === 0) void source.listen(false).catch(() => {});
  }

  function add(listener: (event: MemoryEvent) => void): Promise<void> {
    listeners.add(listener);
    return hold();
  }

  function remove(listener: (event: MemoryEvent) => void): void {
    if (listeners.delete(listener)) release();
  }

  const feed = createEventFeed({ listen: hold, leave: release, eventPage: (place) => source.eventPage(place) });

  async function* catchUp(after: number): AsyncGenerator<MemoryEvent | GapEvent, number> {
    let seen = after;
    for (let isFirst = true; ; isFirst = false) {
      const page = await source.eventPage({ after: seen, limit: catchUpSize });
      // Ids from another data folder lie ahead of ours: what follows is everything.
      if (isFirst && seen > (page.last ?? 0) && seen > 0) {
        seen = 0;
        continue;
      }
      if (page.first !== null && page.first > seen + 1) yield { type: 'gap', after: seen, next: page.first };
      yield* page.events;
      seen = Math.max(seen, page.through);
      if (page.through >= (page.last ?? 0)) return seen;
    }
  }

  return {
    feed,
    publish(entries) {
      if (holders === 0) return;
      const events = JSON.parse(entries) as MemoryEvent[];
      for (const event of events) for (const listener of listeners) listener(event);
      feed.publish(events);
    },
    listen(listener) {
      void add(listener).catch(() => {});
      return () => remove(listener);
    },
    close() {
      closing.abort();
      feed.close();
    },
    async *subscribe(request, until) {
      const signal = AbortSignal.any([until, closing.signal]);
      const queue: MemoryEvent[] = [];
      let wake: (() => void) | null = null;
      const backlog: { dropped: { after: number; next: number } | null } = { dropped: null };
      let seen = request.after ?? 0;
      const onAbort = () => wake?.();
      const listener = (event: MemoryEvent) => {
        queue.push(event);
        if (queue.length > longestQueue) {
          const lost = queue.splice(0, queue.length - longestQueue / 2);
          backlog.dropped = {
            after: backlog.dropped?.after ?? (lost[0]?.id ?? 1) - 1,
            next: (lost.at(-1)?.id ?? 0) + 1,
          };
        }
        wake?.();
      };
      // Listening begins before the log is read, so that nothing falls between.
      const listening = add(listener);
      signal.addEventListener('abort', onAbort);
      try {
        await listening;
        if (request.after !== undefined) {
          const old = catchUp(request.after);
          for (let step = await old.next(); ; step = await old.next()) {
            if (step.done) {
              seen = step.value;
              break;
            }
            if (step.value.type === 'gap' || matches(step.value, request)) yield step.value;
            if (signal.aborted) return;
          }
        }
        while (!signal.aborted) {
          const lost = backlog.dropped;
          if (lost !== null) {
            backlog.dropped = null;
            yield { type: 'gap', ...lost };
          }
          const event = queue.shift();
          if (event === undefined) {
            await new Promise<void>((resolve) => (wake = resolve));
            wake = null;
          } else if (event.id > seen && matches(event, request)) {
            yield event;
          }
        }
      } finally {
        remove(listener);
        signal.removeEventListener('abort', onAbort);
      }
    },
  };
}
