import type { EventFrame, FeedEncoder } from '../../api/event-feed.ts';
import type { Signal } from '../../../shared/signal-views.ts';

/** A whole text message, final and unmasked as a server sends it (RFC 6455, 5.2): the same bytes for every socket. */
export function textFrame(payload: Uint8Array): Buffer {
  const header = frameHeader(payload.byteLength);
  return Buffer.concat([header, payload]);
}

const finalText = 0x81;

function frameHeader(length: number): Buffer {
  if (length < 126) return Buffer.from([finalText, length]);
  if (length < 65_536) {
    const header = Buffer.from([finalText, 126, 0, 0]);
    header.writeUInt16BE(length, 2);
    return header;
  }
  const header = Buffer.alloc(10);
  header[0] = finalText;
  header[1] = 127;
  header.writeBigUInt64BE(BigInt(length), 2);
  return header;
}

export function jsonFrame(message: object): Buffer {
  return textFrame(Buffer.from(JSON.stringify(message)));
}

export function signalFrame({ type, timestamp, data }: Signal): Buffer {
  return jsonFrame({ type, ...data, timestamp });
}

/** Entries of the log, one message each; with the name of the subscription that they belong to when it has one. */
export function socketEncoder(subscription: string | undefined): FeedEncoder {
  const prefix = Buffer.from(subscription === undefined ? '{' : `{"subscription":${JSON.stringify(subscription)},`);
  const named = (json: Buffer) => [frameHeader(json.byteLength - 1 + prefix.byteLength), prefix, json.subarray(1)];
  return {
    name: `ws:${subscription ?? ''}`,
    events: (frames) => Buffer.concat(frames.flatMap(({ json }: EventFrame) => named(json))),
    gap: (gap) => Buffer.concat(named(Buffer.from(JSON.stringify(gap)))),
  };
}
