import type { EventFrame, FeedEncoder } from '../../api/event-feed.ts';
import type { Signal } from '../../../shared/signal-views.ts';

/** Entries of the log as server-sent events: the id is what `Last-Event-ID` takes up again. */
export const sseEncoder: FeedEncoder = {
  name: 'sse',
  events: (frames) => Buffer.concat(frames.flatMap(eventParts)),
  gap: (gap) => Buffer.from(`id: ${gap.next - 1}\nevent: gap\ndata: ${JSON.stringify(gap)}\n\n`),
};

const frameEnd = Buffer.from('\n\n');

function eventParts({ event, json }: EventFrame): Buffer[] {
  return [Buffer.from(`id: ${event.id}\nevent: ${event.type}\ndata: `), json, frameEnd];
}

/** Without an id, so that it takes no part in taking a stream up again. */
export function namedFrame(name: string, data: object): Buffer {
  return Buffer.from(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
}

export function namedSignal({ type, timestamp, data }: Signal): Buffer {
  return namedFrame(type, { timestamp, ...data });
}

/** Without a name: the type is in the data. */
export function taggedSignal({ type, timestamp, data }: Signal): Buffer {
  return taggedFrame({ type, ...data, timestamp });
}

export function taggedFrame(data: object): Buffer {
  return Buffer.from(`data: ${JSON.stringify(data)}\n\n`);
}

export function comment(text: string): Buffer {
  return Buffer.from(`: ${text}\n\n`);
}
