import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Access } from '../access/access.ts';
import type { Caller } from '../access/caller.ts';
import type { AuditService } from '../api/access-services.ts';
import { type Guard, isSecureSocket, sentToken, showsToken } from './guard.ts';
import { challengeOf, problem, type ProblemDetail } from './problem.ts';

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
  capture(
    body: Uint8Array[],
    sizeBytes: number,
    receivedAt: number,
    /** Says what to do when the agent closes the connection before it has its answer. */
    whenGone: (gone: () => void) => void,
  ): Promise<HookAnswer | null>;
}

/** `whenDone` says what to do when the agent has its answer or is gone. */
export type HooksFor = (caller: Caller, whenDone: (done: () => void) => void) => Promise<HookService>;

/**
 * `POST /hooks/claude-code`, straight on node:http: every tool call of every session passes here, so it has no framework
 * before it. Answers 204 when the event is durable, or 200 with what the event's contract allows.
 */
export function createHookRoute(
  access: Pick<Access, 'callerOf'>,
  hooksFor: HooksFor,
  guard: Guard,
  audit: Pick<AuditService, 'record'>,
) {
  const recordRefusal = (request: IncomingMessage, caller: Caller | null, code: string) =>
    audit.record({
      caller,
      action: 'http.request',
      target: 'POST /hooks/claude-code',
      outcome: 'refused',
      code,
      requestId: null,
      address: request.socket.remoteAddress ?? null,
    });
  return (request: IncomingMessage, response: ServerResponse): void => {
    const { host, origin } = request.headers;
    const refusal = guard({ host, origin, isSecure: isSecureSocket(request.socket) });
    if (refusal !== null) {
      recordRefusal(request, null, refusal.code);
      return fail(request, response, refusal.status, refusal.code, refusal.message);
    }
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
    const caller = access.callerOf(sentToken(request.headers));
    if (caller === null) {
      const code = showsToken(request.headers) ? 'INVALID_TOKEN' : 'UNAUTHORIZED';
      recordRefusal(request, null, code);
      response.setHeader('WWW-Authenticate', challengeOf(code));
      return fail(
        request,
        response,
        401,
        code,
        'The token is missing or wrong. Install the hooks again: cmem hooks install.',
      );
    }
    if (!caller.scopes.has('capture')) {
      recordRefusal(request, caller, 'FORBIDDEN');
      return fail(request, response, 403, 'FORBIDDEN', 'This key may not post hooks: it needs the scope "capture".');
    }
    if (Number(request.headers['content-length'] ?? 0) > largestHookBytes) return tooLarge(request, response);
    const hooks = hooksFor(caller, (done) => response.once('close', done));
    receive(request, response, hooks);
  };
}

/** Of what went wrong by no fault of the body. */
const statuses: Readonly<Record<string, number>> = { NOT_STORED: 503, SERVICE_UNAVAILABLE: 503, NOT_FOUND: 404 };

/** What is wrong with a body, where it is not the whole: the thread that read it tells the code and a sentence. */
const faultyFields: Readonly<Record<string, string>> = { INVALID_HOOK_EVENT: 'hook_event_name' };

function receive(request: IncomingMessage, response: ServerResponse, hooks: Promise<HookService>): void {
  const receivedAt = Date.now();
  // Whoever goes away before the end of the body hears nothing of a memory that cannot be opened.
  hooks.catch(() => {});
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  request.on('data', (chunk: Buffer) => {
    sizeBytes += chunk.byteLength;
    if (sizeBytes <= largestHookBytes) chunks.push(chunk);
  });
  request.on('end', () => {
    if (sizeBytes > largestHookBytes) return tooLarge(request, response);
    const whenGone = (gone: () => void): void => {
      if (response.destroyed) gone();
      else response.once('close', gone);
    };
    const captured = hooks.then((service) => service.capture(chunks, sizeBytes, receivedAt, whenGone));
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
        const status = code.startsWith('INVALID_') ? 400 : (statuses[code] ?? 500);
        const message = error instanceof Error ? error.message : 'The event could not be taken.';
        const details = status === 400 ? [{ path: faultyFields[code] ?? '', message }] : undefined;
        fail(request, response, status, code, message, details);
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

function fail(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  code: string,
  message: string,
  details?: ProblemDetail[],
): void {
  const text = JSON.stringify(problem(code, message, undefined, details === undefined ? {} : { details }));
  // An unread body would hold the connection; after a refusal it is closed.
  if (!request.complete) response.setHeader('Connection', 'close');
  response
    .writeHead(status, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) })
    .end(text);
  request.resume();
}
