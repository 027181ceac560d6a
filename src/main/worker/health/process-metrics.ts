import type { StreamCounters } from '../../api/event-feed.ts';

/** One answer of the port. */
export interface AnsweredRequest {
  method: string;
  /** The pattern that answered, never the address itself. */
  route: string;
  status: number;
  seconds: number;
}

export interface ProcessMetrics {
  answered(request: AnsweredRequest): void;
  /** A hook's answer by its status. */
  hookAnswered(status: number, seconds: number): void;
  streamOpened(kind: string): void;
  streamClosed(kind: string): void;
  /** Where the port's own counters of streams are read. */
  watchStreams(counters: () => StreamCounters): void;
  /** Prometheus text of the whole process. */
  text(): Promise<string>;
}

/** What the process as a whole is asked and does. The library is loaded when there is something to count. */
export function createProcessMetrics(): ProcessMetrics {
  let registry: ProcessMetrics | null = null;
  let counters: (() => StreamCounters) | null = null;
  let loading: Promise<ProcessMetrics> | null = null;
  const loaded = () =>
    (loading ??= import('./process-registry.ts').then(({ createProcessRegistry }) => {
      registry = createProcessRegistry();
      return registry;
    }));
  const count = (tell: (metrics: ProcessMetrics) => void): void => {
    if (registry === null) void loaded().then(tell);
    else tell(registry);
  };

  return {
    answered: (request) => count((metrics) => metrics.answered(request)),
    hookAnswered: (status, seconds) => count((metrics) => metrics.hookAnswered(status, seconds)),
    streamOpened: (kind) => count((metrics) => metrics.streamOpened(kind)),
    streamClosed: (kind) => count((metrics) => metrics.streamClosed(kind)),
    watchStreams(source) {
      counters = source;
    },
    async text() {
      const metrics = await loaded();
      if (counters !== null) metrics.watchStreams(counters);
      return metrics.text();
    },
  };
}
