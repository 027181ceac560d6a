import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';

/** What can go wrong with a model, whatever its wire format. */
export const faults = [
  'malformed',
  'rate_limit',
  'overloaded',
  'overloaded_midway',
  'server_error',
  'auth',
  'forbidden',
  'not_found',
  'quota',
  'too_long',
  'bad_request',
  'hang',
  'stall',
  'cut',
  'reset',
  'empty',
  'refusal',
  'max_tokens',
  'redirect',
  'web_page',
] as const;
export type Fault = (typeof faults)[number];

export interface Tokens {
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite: number;
}

/** An answer: a text, a value as JSON, or a fault. */
export type Script = ({ text: string } | { json: unknown } | { fault: Fault; retryAfterS?: number }) & {
  /** What the server says that it counted; null says nothing. */
  tokens?: Partial<Tokens> | null;
};

export interface ReceivedRequest {
  path: string;
  headers: IncomingHttpHeaders;
  /** The key, without what goes before it. */
  key: string | null;
  model: string;
  system: string;
  prompt: string;
  /** How structure was asked for. */
  structure: 'native' | 'tool' | 'object' | 'none';
  schema: unknown;
  body: Record<string, unknown>;
}

export interface ModelServer {
  /** To be entered as base URL. */
  url: string;
  requests: ReceivedRequest[];
  /** Answers the next requests, one each; then all others are answered as `always` says. */
  next(...scripts: Script[]): void;
  /** Answers all further requests; at first with the text "ready". */
  always(script: Script | ((request: ReceivedRequest) => Script)): void;
  /** Clients that hung up before their answer was over. */
  hungUp(): number;
  close(): Promise<void>;
}

/** How a wire format says things. */
export interface WireFormat {
  /** Of the base URL. */
  basePath: string;
  /** Null for another address. */
  parse(path: string, body: Record<string, unknown>): Omit<ReceivedRequest, 'path' | 'headers' | 'key' | 'body'> | null;
  /** Null lets the request be answered; else status and body of a refusal, as servers that lack a feature give one. */
  refuse(request: ReceivedRequest): { status: number; body: unknown } | null;
  error(fault: Fault): { status: number; body: unknown; headers?: Record<string, string> } | null;
  /** The events of a whole answer, in order: the text comes in pieces, and the end of it is the last. */
  events(request: ReceivedRequest, pieces: string[], ending: Fault | 'done', tokens: Tokens | null): string[];
  /** Inside a stream that began well. */
  errorEvent(): string;
}

const usualTokens: Tokens = { input: 120, output: 40, cacheRead: 0, cacheWrite: 0 };

/** A real server on 127.0.0.1 that speaks a wire format and does as it is told. */
export async function startModelServer(format: WireFormat): Promise<ModelServer> {
  const requests: ReceivedRequest[] = [];
  let queue: Script[] = [];
  let usual: (request: ReceivedRequest) => Script = () => ({ text: 'ready' });
  let hungUp = 0;

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      const body = parseBody(Buffer.concat(chunks).toString('utf8'));
      const parsed = format.parse(path, body);
      if (parsed === null) return sendJson(response, 404, { error: { message: `No route ${path}` } });
      const authorization = request.headers.authorization ?? '';
      const key = authorization.startsWith('Bearer ') ? authorization.slice(7) : null;
      const received = { ...parsed, path, headers: request.headers, key, body };
      requests.push(received);
      const refused = format.refuse(received);
      if (refused !== null) return sendJson(response, refused.status, refused.body);
      response.once('close', () => (hungUp += response.writableFinished ? 0 : 1));
      void answer(format, received, queue.shift() ?? usual(received), response);
    });
  });
  const listening = Promise.withResolvers<void>();
  server.once('error', listening.reject);
  server.listen(0, '127.0.0.1', listening.resolve);
  await listening.promise;
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${format.basePath}`,
    requests,
    next: (...scripts) => void queue.push(...scripts),
    always(script) {
      queue = [];
      usual = typeof script === 'function' ? script : () => script;
    },
    hungUp: () => hungUp,
    close() {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      return closed.promise;
    },
  };
}

async function answer(
  format: WireFormat,
  request: ReceivedRequest,
  script: Script,
  response: ServerResponse,
): Promise<void> {
  const fault = 'fault' in script ? script.fault : null;
  if (fault === 'hang') return;
  if (fault === 'reset') return void response.destroy();
  if (fault === 'redirect') return void response.writeHead(307, { location: 'http://127.0.0.1:9/elsewhere' }).end();
  if (fault === 'web_page') {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>');
    return;
  }
  const error = fault === null ? null : format.error(fault);
  if (error !== null) {
    const wait =
      'fault' in script && script.retryAfterS !== undefined ? { 'retry-after': String(script.retryAfterS) } : {};
    return sendJson(response, error.status, error.body, { ...error.headers, ...wait });
  }
  const text = textOf(script, fault);
  const tokens = script.tokens === null ? null : { ...usualTokens, ...script.tokens };
  const events = format.events(request, piecesOf(text), fault ?? 'done', tokens);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  // The head of an answer is on its way before what breaks it.
  const half = events.slice(0, Math.ceil(events.length / 2));
  for (const event of fault === null || !breaksOff.has(fault) ? events : half) {
    response.write(event);
    await setImmediate();
  }
  if (fault === 'stall') return;
  if (fault === 'cut') return void response.destroy();
  if (fault === 'overloaded_midway') response.write(format.errorEvent());
  response.end();
}

const breaksOff: ReadonlySet<Fault> = new Set(['stall', 'cut', 'overloaded_midway']);

function textOf(script: Script, fault: Fault | null): string {
  if ('text' in script) return script.text;
  if ('json' in script) return JSON.stringify(script.json);
  if (fault === 'malformed') return 'Certainly! {"title": "The lock timed out", "done": [';
  return fault === 'empty' || fault === 'refusal' ? '' : '{"title": "The lock timed out after a while"}';
}

/** Small ones, so that a stream is a stream; whole characters, as tokens mostly are. */
function piecesOf(text: string): string[] {
  return [...text.matchAll(/[\s\S]{1,12}/gu)].map(([piece]) => piece);
}

function parseBody(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text === '' ? '{}' : text);
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function sendJson(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
