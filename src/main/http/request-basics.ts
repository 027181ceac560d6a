import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context, MiddlewareHandler } from 'hono';
import { randomUUID } from 'node:crypto';
import { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { AppVariables } from './app.ts';
import { isSecureSocket, sentToken, type TokenHeaders } from './guard.ts';
import { fail } from './problem.ts';
import { packedTag } from './rest/etag.ts';

/** The one version of /api there is. */
export const apiVersion = '1';
export const supportedVersions = ['v1'];

/** Of REST, tRPC and everything else but hooks. */
const largestBodyBytes = 1024 * 1024;

type Middleware = MiddlewareHandler<{ Variables: AppVariables }>;

/** What a client may call its request: short, and nothing that could end a header or a line of a log. */
const wellFormedId = /^[\w.:-]{1,128}$/;

/** Takes over a well-formed `X-Request-Id` or makes one, and says it with every answer, with the version of the API. */
export const identifyRequest: Middleware = async (c, next) => {
  const sent = c.req.header('x-request-id');
  const requestId = sent !== undefined && wellFormedId.test(sent) ? sent : randomUUID();
  c.set('requestId', requestId);
  c.set('address', getConnInfo(c).remote.address ?? null);
  await next();
  tell(c, { 'X-Request-Id': requestId, ...(c.req.path.startsWith('/api/') ? { 'X-API-Version': apiVersion } : {}) });
};

/** Adds headers to an answer that is there already: `c.header` would make a new answer for each of them, body and all. */
export function tell(c: Context<{ Variables: AppVariables }>, headers: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
}

/** Measured by the header, before anything reads the body; chunked bodies of unknown length are not needed by any client. */
export const limitBody: Middleware = async (c, next) => {
  if (c.req.header('transfer-encoding') !== undefined) {
    return fail(c, 411, 'LENGTH_REQUIRED', 'Send the body with a Content-Length.');
  }
  if (Number(c.req.header('content-length') ?? 0) > largestBodyBytes) {
    return fail(c, 413, 'BODY_TOO_LARGE', 'The body is larger than 1 MB.');
  }
  return next();
};

/** After the answer was packed: its tag names these bytes, and stays a strong one, which `If-Match` can use. */
export const tagPacked: Middleware = async (c, next) => {
  await next();
  const tag = c.res.headers.get('etag');
  const packing = c.res.headers.get('content-encoding');
  if (tag !== null && packing !== null) tell(c, { ETag: packedTag(tag, packing) });
};

/** By the connection: a request may name any scheme in its first line. */
export function cameOverTls(bindings: unknown): boolean {
  const incoming = bindingOf(bindings, 'incoming');
  return incoming instanceof IncomingMessage && isSecureSocket(incoming.socket);
}

function bindingOf(bindings: unknown, name: 'incoming' | 'outgoing'): unknown {
  return typeof bindings === 'object' && bindings !== null ? Reflect.get(bindings, name) : undefined;
}

/** For Hono's bindings: calls back once when the answer is out or its connection gone; of a socket, when it has closed. */
export function whenDone(bindings: unknown): (done: () => void) => void {
  const outgoing = bindingOf(bindings, 'outgoing');
  const incoming = bindingOf(bindings, 'incoming');
  return (done) => {
    if (outgoing instanceof ServerResponse) onceClosed(outgoing, done);
    else if (incoming instanceof IncomingMessage) onceClosed(incoming.socket, done);
    else done();
  };
}

/** Ends a request's connection, whatever of the answer is out. */
export function hangUp(bindings: unknown): void {
  const outgoing = bindingOf(bindings, 'outgoing');
  if (outgoing instanceof ServerResponse) outgoing.destroy();
}

function onceClosed(connection: ServerResponse | Socket, done: () => void): void {
  if (connection.closed || connection.destroyed) done();
  else connection.once('close', done);
}

/** Answers /api/v2 and the like with what there is. */
export const refuseUnknownVersion: Middleware = async (c, next) => {
  const version = /^\/api\/v(\d[\w.-]*)(?:\/|$)/.exec(c.req.path)?.[1];
  if (version === undefined || version === apiVersion) return next();
  const message = `There is no version ${version} of this API; use /api/v${apiVersion}.`;
  return fail(c, 404, 'UNKNOWN_VERSION', message, { supported_versions: supportedVersions });
};

/** Of all headers of a request only the two that can hold a token are made into texts. */
export function tokenHeadersOf(c: Context): TokenHeaders {
  return { authorization: c.req.header('authorization'), 'x-api-key': c.req.header('x-api-key') };
}

/** What a request shows. */
export function tokenOf(c: Context): string | null {
  return sentToken(tokenHeadersOf(c));
}
