import { getConnInfo } from '@hono/node-server/conninfo';
import type { MiddlewareHandler } from 'hono';
import { randomUUID } from 'node:crypto';
import type { AppVariables } from './app.ts';
import { fail } from './problem.ts';

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
  c.header('X-Request-Id', requestId);
  if (c.req.path.startsWith('/api/')) c.header('X-API-Version', apiVersion);
};

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

/** Answers /api/v2 and the like with what there is. */
export const refuseUnknownVersion: Middleware = async (c, next) => {
  const version = /^\/api\/v(\d[\w.-]*)(?:\/|$)/.exec(c.req.path)?.[1];
  if (version === undefined || version === apiVersion) return next();
  const message = `There is no version ${version} of this API; use /api/v${apiVersion}.`;
  return fail(c, 404, 'UNKNOWN_VERSION', message, { supported_versions: supportedVersions });
};
