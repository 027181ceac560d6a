/** The port is on loopback, but every page in a browser and every program on the machine can reach it; this is the gate. */

export interface GuardedRequest {
  host: string | undefined;
  origin: string | undefined;
  port: number;
}

export type Refusal = { status: 403; code: 'HOST_NOT_ALLOWED' | 'ORIGIN_NOT_ALLOWED'; message: string };

const localNames = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Null when the request may go on to the token check. A foreign Host is DNS rebinding; a foreign Origin is some page in a
 * browser. Tools that are no browsers send no Origin.
 */
export function refuse({ host, origin, port }: GuardedRequest): Refusal | null {
  if (host === undefined || !localNames.some((name) => host.toLowerCase() === `${name}:${port}`)) {
    return {
      status: 403,
      code: 'HOST_NOT_ALLOWED',
      message: `This port answers only to 127.0.0.1:${port} and localhost:${port}.`,
    };
  }
  if (origin !== undefined && !localNames.some((name) => origin.toLowerCase() === `http://${name}:${port}`)) {
    return { status: 403, code: 'ORIGIN_NOT_ALLOWED', message: 'Pages of other origins may not use this port.' };
  }
  return null;
}

/** The token of an `Authorization: Bearer` header; null without one. */
export function bearerToken(header: string | undefined): string | null {
  return /^Bearer +([^\s]+) *$/i.exec(header ?? '')?.[1] ?? null;
}
