import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

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
  /** Prometheus text of the whole process. */
  text(): Promise<string>;
}

/** Upper bounds in seconds: hooks take about a millisecond, searches tens of them. */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** What the process as a whole is asked and does. The loop's delay is watched from the first question on. */
export function createProcessMetrics(): ProcessMetrics {
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
  let watches = false;

  return {
    answered({ method, route, status, seconds }) {
      requests.observe({ method, route, status }, seconds);
      if (status === 429) refusals.inc();
    },
    hookAnswered: (status, seconds) => hooks.observe({ status }, seconds),
    streamOpened: (kind) => streams.inc({ kind }),
    streamClosed: (kind) => streams.dec({ kind }),
    text() {
      if (!watches) collectDefaultMetrics({ register });
      watches = true;
      return register.metrics();
    },
  };
}
