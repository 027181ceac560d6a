import type { Signals } from '../api/event-feed.ts';
import type { Signal, SignalType } from '../../shared/signal-views.ts';

export interface SignalChannel extends Signals {
  /** `start` is called when somebody begins to listen to one of the types, and what it returns when nobody does any more. */
  source(types: readonly SignalType[], start: () => () => void): void;
  close(): void;
}

/** Tells whoever listens now; what nobody listens to costs nothing. */
export function createSignals(now: () => number = Date.now): SignalChannel {
  const listeners = new Map<SignalType, Set<(signal: Signal) => void>>();
  const ends = new Set<() => void>();
  const sources: { types: readonly SignalType[]; start: () => () => void; stop: (() => void) | null }[] = [];

  const isHeard = (type: SignalType) => (listeners.get(type)?.size ?? 0) > 0;

  function settleSources(): void {
    for (const source of sources) {
      const isWanted = source.types.some(isHeard);
      if (isWanted && source.stop === null) source.stop = source.start();
      else if (!isWanted && source.stop !== null) {
        source.stop();
        source.stop = null;
      }
    }
  }

  return {
    isHeard,
    tell(type, data) {
      const heard = listeners.get(type);
      if (heard === undefined || heard.size === 0) return;
      const signal: Signal = { type, timestamp: new Date(now()).toISOString(), data };
      for (const listener of heard) listener(signal);
    },
    listen(types, listener, ended = () => {}) {
      ends.add(ended);
      for (const type of types) {
        const heard = listeners.get(type) ?? new Set();
        listeners.set(type, heard.add(listener));
      }
      settleSources();
      return () => {
        ends.delete(ended);
        for (const type of types) listeners.get(type)?.delete(listener);
        settleSources();
      };
    },
    source(types, start) {
      sources.push({ types, start, stop: null });
      settleSources();
    },
    close() {
      listeners.clear();
      settleSources();
      for (const ended of ends) ended();
    },
  };
}
