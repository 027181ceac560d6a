import { get, type IncomingMessage } from 'node:http';
import { createParser } from 'eventsource-parser';
import { vi } from 'vitest';
import { WebSocket } from 'ws';

export type Said = Record<string, unknown> & { type: string };

export interface TestSocket {
  socket: WebSocket;
  said: Said[];
  /** The code that the server closed with; null while it is open. */
  closed: number | null;
  /** What it said with it. */
  reason: string;
  say(message: unknown): void;
  /** The first message of which it holds. */
  until(holds: (said: Said) => boolean): Promise<Said>;
}

const patience = { timeout: 40_000, interval: 10 };

/** Resolves once it is open; rejects with the status of a refusal. */
export async function openSocket(url: string, headers: Record<string, string> = {}): Promise<TestSocket> {
  const socket = new WebSocket(url.replace('http:', 'ws:'), { headers });
  const client: TestSocket = {
    socket,
    said: [],
    closed: null,
    reason: '',
    say: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    async until(holds) {
      await vi.waitUntil(() => client.said.some(holds), patience);
      return client.said.find(holds) ?? { type: 'none' };
    },
  };
  socket.on('message', (data: Buffer) => client.said.push(JSON.parse(data.toString()) as Said));
  socket.on('close', (code, reason: Buffer) => {
    client.closed = code;
    client.reason = reason.toString();
  });
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(client));
    socket.once('unexpected-response', (_, answer) => {
      reject(new Error(`${answer.statusCode ?? 0}`));
      socket.terminate();
    });
    socket.on('error', reject);
  });
}

export interface TestStream {
  status: number;
  /** Each with its id and name where it has them. */
  events: { id?: string | undefined; event?: string | undefined; data: string }[];
  comments: string[];
  ended: boolean;
  response: IncomingMessage;
  until(holds: (stream: TestStream) => boolean): Promise<void>;
  close(): void;
}

/** Resolves with the head; a refusal has its body as the only event. */
export function openStream(url: string, headers: Record<string, string> = {}): Promise<TestStream> {
  return new Promise((resolve, reject) => {
    const request = get(url, { headers, agent: false }, (response) => {
      const stream: TestStream = {
        status: response.statusCode ?? 0,
        events: [],
        comments: [],
        ended: false,
        response,
        until: async (holds) => void (await vi.waitUntil(() => holds(stream), patience)),
        close: () => request.destroy(),
      };
      const parser = createParser({
        onEvent: ({ id, event, data }) => stream.events.push({ id, event, data }),
        onComment: (comment) => stream.comments.push(comment),
      });
      response.setEncoding('utf8');
      response.on('data', (text: string) => {
        if (stream.status === 200) parser.feed(text);
        else stream.events.push({ data: text });
      });
      response.on('close', () => (stream.ended = true));
      response.on('error', () => {});
      resolve(stream);
    });
    request.on('error', reject);
  });
}
