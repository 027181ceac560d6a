import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { StreamCounters } from '../../api/event-feed.ts';
import type { ProcessMetrics } from './process-metrics.ts';

/** Upper bounds in seconds: hooks take about a millisecond, searches tens of them. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** Keeps what `ProcessMetrics` is told. The loop's delay is watched from the first question on. */
export function createProcessRegistry(): ProcessMetrics {
  const register = new Registry();
  const registers = [register];
  const requests = new Histogram({
    name: 'cmem_http_request_duration_seconds',
    help: 'Answers of the port by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets,
    registers,
  });
  const hooks = new Histogram({
    name: 'cmem_hook_duration_seconds',
    help: 'From the first byte of a hook to its answer, by status.',
    labelNames: ['status'],
    buckets,
    registers,
  });
  const refusals = new Counter({
    name: 'cmem_rate_limited_total',
    help: 'Requests that were refused because there were too many.',
    registers,
  });
  const streams = new Gauge({
    name: 'cmem_streams_open',
    help: 'Event streams and sockets that are open.',
    labelNames: ['kind'],
    registers,
  });
  const clients = new Gauge({
    name: 'cmem_stream_clients',
    help: 'Streams that the port keeps alive, by kind.',
    labelNames: ['kind'],
    registers,
  });
  const met = new Counter({
    name: 'cmem_streams_total',
    help: 'Streams since the start that were opened, refused for want of room, or cut off.',
    labelNames: ['outcome'],
    registers,
  });
  let counters: (() => StreamCounters) | null = null;
  let watches = false;

  function readStreams(): void {
    if (counters === null) return;
    const { sse, websocket, opened, refused, cut } = counters();
    clients.set({ kind: 'sse' }, sse);
    clients.set({ kind: 'websocket' }, websocket);
    met.reset();
    for (const [outcome, count] of Object.entries({ opened, refused, cut })) met.inc({ outcome }, count);
  }

  return {
    answered({ method, route, status, seconds }) {
      requests.observe({ method, route, status }, seconds);
      if (status === 429) refusals.inc();
    },
    hookAnswered: (status, seconds) => hooks.observe({ status }, seconds),
    streamOpened: (kind) => streams.inc({ kind }),
    streamClosed: (kind) => streams.dec({ kind }),
    watchStreams(source) {
      counters = source;
    },
    text() {
      readStreams();
      if (!watches) collectDefaultMetrics({ register });
      watches = true;
      return register.metrics();
    },
  };
}
