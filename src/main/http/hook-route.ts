import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Access } from '../access/access.ts';
import type { Caller } from '../access/caller.ts';
import { bearerToken, refuse } from './guard.ts';
import { problem } from './problem.ts';

/** A body that is larger is refused; the transcript still has what it said. */
export const largestHookBytes = 128 * 1024 * 1024;

export interface HookAnswer {
  /** The JSON that the hook's contract allows. */
  body: object;
  /** Called once: whether it went out to the agent, or the agent had gone before. */
  settled(delivered: boolean): void;
}

export interface HookService {
  /** Makes the event durable; null when there is nothing to answer. Rejects with an error that has a code. */
  capture(body: Uint8Array[], sizeBytes: number, receivedAt: number): Promise<HookAnswer | null>;
}

/**
 * `POST /hooks/claude-code`, straight on node:http: every tool call of every session passes here, so it has no framework
 * before it. Answers 204 when the event is durable, or 200 with what the event's contract allows.
 */
export function createHookRoute(
  access: Pick<Access, 'callerOf'>,
  hooksFor: (caller: Caller) => Promise<HookService>,
  port: () => number,
) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const refusal = refuse({ host: request.headers.host, origin: request.headers.origin, port: port() });
    if (refusal !== null) return fail(request, response, refusal.status, refusal.code, refusal.message);
    if (request.method !== 'POST') {
      response.setHeader('Allow', 'POST');
      return fail(
        request,
        response,
        405,
        'METHOD_NOT_ALLOWED',
        `Send hook events with POST, not ${request.method ?? ''}.`,
      );
    }
    const caller = access.callerOf(bearerToken(request.headers.authorization));
    if (caller === null) {
      return fail(
        request,
        response,
        401,
        'UNAUTHORIZED',
        'The token is missing or wrong. Install the hooks again: cmem hooks install.',
      );
    }
    if (!caller.scopes.has('capture')) {
      return fail(request, response, 403, 'FORBIDDEN', 'This key may not post hooks: it needs the scope "capture".');
    }
    if (Number(request.headers['content-length'] ?? 0) > largestHookBytes) return tooLarge(request, response);
    receive(request, response, hooksFor(caller));
  };
}

function receive(request: IncomingMessage, response: ServerResponse, hooks: Promise<HookService>): void {
  const receivedAt = Date.now();
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  request.on('data', (chunk: Buffer) => {
    sizeBytes += chunk.byteLength;
    if (sizeBytes <= largestHookBytes) chunks.push(chunk);
  });
  request.on('end', () => {
    if (sizeBytes > largestHookBytes) return tooLarge(request, response);
    const captured = hooks.then((service) => service.capture(chunks, sizeBytes, receivedAt));
    captured.then(
      (answer) => {
        if (answer === null) return void response.writeHead(204).end();
        const text = JSON.stringify(answer.body);
        // An agent that has waited too long has closed the connection and reads no answer.
        if (response.destroyed) return answer.settled(false);
        response.once('close', () => answer.settled(response.writableFinished));
        response
          .writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) })
          .end(text);
      },
      (error: unknown) => {
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'INTERNAL_ERROR';
        const status = code.startsWith('INVALID_') ? 400 : code === 'NOT_STORED' ? 503 : 500;
        fail(request, response, status, code, error instanceof Error ? error.message : 'The event could not be taken.');
      },
    );
  });
}

function tooLarge(request: IncomingMessage, response: ServerResponse): void {
  const limit = largestHookBytes / 1024 / 1024;
  fail(
    request,
    response,
    413,
    'BODY_TOO_LARGE',
    `The event is larger than ${limit} MB. It is taken from the transcript when the turn ends.`,
  );
}

function fail(request: IncomingMessage, response: ServerResponse, status: number, code: string, message: string): void {
  const text = JSON.stringify(problem(code, message));
  // An unread body would hold the connection; after a refusal it is closed.
  if (!request.complete) response.setHeader('Connection', 'close');
  response
    .writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) })
    .end(text);
  request.resume();
}
