import { z } from 'zod';
import { namedSignals, type SignalType, taggedSignals } from '../../../shared/signal-views.ts';
import { comment, namedFrame, namedSignal, sseEncoder, taggedFrame, taggedSignal } from './sse-frames.ts';
import type { SsePlan } from './sse-stream.ts';
import { splitTypes, streamQuery } from './stream-request.ts';

/** What each address sends; throws a ZodError for a query that it cannot take. */
export interface PlanRequest {
  query: Readonly<Record<string, string>>;
  lastEventId: string | undefined;
  /** How many streams the caller's organisation has open now. */
  openStreams(): number;
}

const alive = comment('alive');
/** Every other beat: thirty seconds. */
const isSlowBeat = (count: number) => count % 2 === 0;

/** Clients of other memories may send what only those know. */
function parse({ query, lastEventId }: PlanRequest, schema = streamQuery) {
  const {
    types,
    slow,
    last_event_id: after,
    ...filter
  } = schema.parse({
    ...query,
    // One that is empty names none (HTML Standard, 9.2.4).
    last_event_id: lastEventId || query['last_event_id'] || undefined,
  });
  return { types: splitTypes(types), feed: { ...filter, after, slow, encoder: sseEncoder } };
}

/** The log; of signals only those that are asked for by name. */
export function nativePlan(request: PlanRequest, more: { session_id?: string } = {}): SsePlan {
  return logPlan(parse(request, streamQuery.strict()), more);
}

function logPlan({ types, feed }: ReturnType<typeof parse>, more: { session_id?: string } = {}): SsePlan {
  return {
    feed: types?.events.length === 0 ? null : { ...feed, ...more, types: types?.events },
    signals: types?.signals ?? [],
    signalFrame: namedSignal,
    beat: () => alive,
  };
}

/** The log, and beside it, unless types are asked for, what clients of mcp-memory-service listen to. */
export function sharedPlan(request: PlanRequest): SsePlan {
  const plan = logPlan(parse(request));
  if (request.query['types'] !== undefined) return plan;
  const now = () => new Date().toISOString();
  const heartbeat = () =>
    namedFrame('heartbeat', { timestamp: now(), active_connections: request.openStreams(), server_status: 'healthy' });
  return {
    ...plan,
    signals: namedSignals,
    welcome: namedFrame('connection_established', {
      timestamp: now(),
      message: 'Connected to the memory.',
      heartbeat_interval: 30,
    }),
    beat: (count) => (isSlowBeat(count) ? heartbeat() : alive),
  };
}

const taggedQuery = z.object({ types: z.string().max(500).optional(), request_id: z.string().max(200).optional() });

/** As AgentMem sends: the type in the data, no names and no ids. */
export function taggedPlan({ query }: PlanRequest, offered: readonly SignalType[]): SsePlan {
  const { types, request_id: requestId } = taggedQuery.parse(query);
  const wanted = types?.split(',').map((type) => type.trim());
  const unknown = wanted?.filter((type) => !offered.some((one) => one === type)) ?? [];
  if (unknown.length > 0) {
    const message = `types is a list of ${offered.join(', ')}`;
    throw new z.ZodError([{ code: 'custom', path: ['types'], message, input: types }]);
  }
  return {
    feed: null,
    signals: wanted === undefined ? offered : offered.filter((type) => wanted.includes(type)),
    signalFrame(signal) {
      const isOther = requestId !== undefined && 'request_id' in signal.data && signal.data.request_id !== requestId;
      return isOther ? null : taggedSignal(signal);
    },
    beat: () => taggedFrame({ type: 'heartbeat', timestamp: new Date().toISOString() }),
  };
}

export const allTagged: readonly SignalType[] = [...taggedSignals, 'stream_chunk'];
