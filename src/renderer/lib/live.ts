import { useEffect, useRef } from 'react';
import type { GapEvent, MemoryEvent } from '../../shared/views.ts';
import { accessStore, connectionStore } from './connection.ts';
import { client } from './trpc.ts';

export interface LiveBatch {
  events: MemoryEvent[];
  /** Some events were missed: what is on the screen must be read again. */
  gap: boolean;
}

type Listener = (batch: LiveBatch) => void;

/** A busy agent makes tens of events a second; the screen follows four times a second. */
const coalesceMs = 250;
const firstRetryMs = 500;
const longestRetryMs = 2500;

const listeners = new Set<Listener>();

/** Collects what arrives and hands it on once per interval; the stop drops what is still waiting. */
export function createCoalescer(
  deliver: (batch: LiveBatch) => void,
  intervalMs = coalesceMs,
): { push(event: MemoryEvent | GapEvent): void; stop(): void } {
  let batch: LiveBatch = { events: [], gap: false };
  let timer: ReturnType<typeof setTimeout> | undefined;

  function handOn(): void {
    const ready = batch;
    batch = { events: [], gap: false };
    clearTimeout(timer);
    timer = undefined;
    deliver(ready);
  }

  return {
    push(event) {
      if (event.type === 'gap') batch.gap = true;
      else batch.events.push(event);
      // An agent and a person wait for these; what came before goes with it, so that the order stays.
      if (event.type.startsWith('permission.')) handOn();
      else timer ??= setTimeout(handOn, intervalMs);
    },
    stop: () => clearTimeout(timer),
  };
}

/** Follows the event log, taking it up where it broke off; returns its stop. */
export function startLive(): () => void {
  const coalescer = createCoalescer((batch) => {
    for (const listener of listeners) listener(batch);
  });
  let lastEventId: number | undefined;
  let retryMs = firstRetryMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let close = (): void => {};

  function retry(): void {
    close();
    if (stopped || timer !== undefined || accessStore.get() === 'needed') return;
    connectionStore.set('unreachable');
    timer = setTimeout(() => {
      timer = undefined;
      connect();
    }, retryMs);
    retryMs = Math.min(retryMs * 2, longestRetryMs);
  }

  function connect(): void {
    const subscription = client.events.subscribe.subscribe(lastEventId === undefined ? {} : { lastEventId }, {
      onStarted() {
        retryMs = firstRetryMs;
        connectionStore.set('connected');
        // What happened between the first reading and now is in no event that we will get.
        if (lastEventId === undefined) coalescer.push({ type: 'gap', after: 0, next: 0 });
      },
      onData({ id, data }) {
        lastEventId = Number(id);
        coalescer.push(data);
      },
      // The browser would reconnect with the ticket that is already used up; so we do it, with a new one.
      onConnectionStateChange({ state, error }) {
        if (state === 'connecting' && error) retry();
      },
      onError: retry,
      onComplete: retry,
    });
    close = () => {
      close = () => {};
      subscription.unsubscribe();
    };
  }

  /** Whoever comes back to the window, or to the network, does not wait for the next attempt. */
  function retryNow(): void {
    if (timer === undefined) return;
    clearTimeout(timer);
    timer = undefined;
    connect();
  }

  connect();
  window.addEventListener('focus', retryNow);
  window.addEventListener('online', retryNow);
  return () => {
    stopped = true;
    window.removeEventListener('focus', retryNow);
    window.removeEventListener('online', retryNow);
    clearTimeout(timer);
    coalescer.stop();
    close();
  };
}

/** Calls with each batch of what happened in the memory, for as long as the component is on the screen. */
export function useLive(listener: Listener): void {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => {
    const call: Listener = (batch) => latest.current(batch);
    listeners.add(call);
    return () => {
      listeners.delete(call);
    };
  }, []);
}

/** The ids that an event mentions, whatever their names. */
export function mentionedIds(events: readonly MemoryEvent[]): Set<string> {
  const ids = new Set<string>();
  for (const event of events) {
    for (const value of Object.values(event.data)) if (typeof value === 'string') ids.add(value);
  }
  return ids;
}
