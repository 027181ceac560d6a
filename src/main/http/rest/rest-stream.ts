import { isTrackedEnvelope } from '@trpc/server';
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { type Logger, toLogFormat } from '../../observe/logger.ts';
import type { AppVariables } from '../app.ts';
import { problem } from '../problem.ts';
import { answerTo, internalError } from './error-answer.ts';

/** Proxies and clients give up on a line that says nothing for longer. */
const heartbeatMs = 15_000;

/** What a subscription yields as server-sent events, each named after its `type`; an error is told as `problem`, then the stream ends. */
export function streamValues(
  c: Context<{ Variables: AppVariables }>,
  values: AsyncIterable<unknown>,
  stop: AbortController,
  log: Pick<Logger, 'error'>,
  nameOf = typeOf,
): Response {
  c.header('X-Accel-Buffering', 'no');
  if (c.req.raw.method === 'HEAD') {
    // Nobody would read it, nor end it.
    stop.abort();
    return c.body(null, 200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  }
  const requestId = c.get('requestId');
  return streamSSE(c, async (events) => {
    events.onAbort(() => stop.abort());
    const heartbeat = setInterval(() => void events.write(': alive\n\n').catch(() => stop.abort()), heartbeatMs);
    heartbeat.unref();
    try {
      for await (const value of values) await events.writeSSE(toEvent(value, nameOf));
    } catch (error) {
      if (stop.signal.aborted) return;
      const answer = answerTo(error);
      if (answer === null) log.error('A stream failed.', { request_id: requestId, reason: toLogFormat(error) });
      const { code, message } = answer ?? internalError;
      await events.writeSSE({ event: 'problem', data: JSON.stringify(problem(code, message, requestId)) });
    } finally {
      clearInterval(heartbeat);
    }
  });
}

function toEvent(value: unknown, nameOf: (data: unknown) => string): { id?: string; event: string; data: string } {
  if (!isTrackedEnvelope(value)) return { event: nameOf(value), data: JSON.stringify(value) };
  const [id, data] = value;
  return { id, event: nameOf(data), data: JSON.stringify(data) };
}

function typeOf(data: unknown): string {
  const type: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'type') : undefined;
  return typeof type === 'string' ? type : 'message';
}
