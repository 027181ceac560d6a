import type { Context } from 'hono';

/** Deeper than anything the contract takes, and shallow enough for whatever walks it. */
export const deepestBody = 32;

/** A body that is not taken; the message says what to send. */
export class BodyError extends Error {
  readonly status: 400 | 408 | 415;
  readonly code: 'INVALID_JSON' | 'BODY_TOO_DEEP' | 'REQUEST_TIMEOUT' | 'UNSUPPORTED_MEDIA_TYPE';
  constructor(status: BodyError['status'], code: BodyError['code'], message: string) {
    super(message);
    this.name = 'BodyError';
    this.status = status;
    this.code = code;
  }
}

/** The JSON of the body, undefined without one. Rejects with `BodyError`. The size was looked at before. */
export async function jsonBody(c: Context): Promise<unknown> {
  if (Number(c.req.header('content-length') ?? 0) === 0) return undefined;
  // Of a GET nobody is given the body; that there was one is all there is to know.
  if (c.req.raw.method === 'GET' || c.req.raw.method === 'HEAD') return null;
  const packing = c.req.header('content-encoding') ?? 'identity';
  if (packing !== 'identity') {
    throw new BodyError(415, 'UNSUPPORTED_MEDIA_TYPE', 'Send the body as it is, without a Content-Encoding.');
  }
  const type = c.req.header('content-type') ?? 'application/json';
  if (!/^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(type)) {
    throw new BodyError(415, 'UNSUPPORTED_MEDIA_TYPE', 'Send the body as JSON, with "Content-Type: application/json".');
  }
  const bytes = await c.req.arrayBuffer().catch(() => {
    throw new BodyError(408, 'REQUEST_TIMEOUT', 'The body did not arrive in time.');
  });
  return parseJson(bytes);
}

/** Throws `BodyError` for what is no UTF-8, no JSON, too deep, or would reach an object's prototype. */
export function parseJson(bytes: ArrayBuffer | Uint8Array): unknown {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new BodyError(400, 'INVALID_JSON', 'The body is not valid JSON in UTF-8.');
  }
  look(value, 1);
  return value;
}

function look(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > deepestBody) {
    throw new BodyError(400, 'BODY_TOO_DEEP', `The body is nested deeper than ${deepestBody} levels.`);
  }
  if (Object.hasOwn(value, '__proto__')) {
    throw new BodyError(400, 'INVALID_JSON', 'A field may not be called "__proto__".');
  }
  for (const inner of Object.values(value)) look(inner, depth + 1);
}
