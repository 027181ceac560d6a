import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { randomUUID } from 'node:crypto';
import type { AppVariables } from './app.ts';

export interface ProblemDetail {
  /** The parameter or field, `change.tags[0]`; empty for the whole. */
  path: string;
  message: string;
}

/** The one shape of an error on REST and hooks. */
export interface Problem {
  error: string;
  code: string;
  /** What is wrong with which part of the input. */
  details?: ProblemDetail[];
  request_id: string;
  /** Of the API, where another one was asked for. */
  supported_versions?: string[];
}

type More = Partial<Pick<Problem, 'details' | 'supported_versions'>>;

/** An error's body, with a request id for the log to be searched by; `error` is a sentence for people. */
export function problem(code: string, error: string, requestId: string = randomUUID(), more: More = {}): Problem {
  return { error, code, ...more, request_id: requestId };
}

/** What a 401 says of how to come in (RFC 6750, 3): `error` only where something was shown. */
export function challengeOf(code: string): string {
  return code === 'INVALID_TOKEN' || code === 'TOKEN_EXPIRED' ? 'Bearer error="invalid_token"' : 'Bearer';
}

/** Answers with a problem that carries the id of this request. */
export function fail(
  c: Context<{ Variables: AppVariables }>,
  status: ContentfulStatusCode,
  code: string,
  error: string,
  more: More = {},
): Response {
  const text = JSON.stringify(problem(code, error, c.get('requestId'), more));
  return c.body(text, status, {
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(text)),
    'Cache-Control': 'no-store',
    ...(status === 401 ? { 'WWW-Authenticate': challengeOf(code) } : {}),
  });
}
