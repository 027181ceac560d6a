/** Every page in a browser and every program on the machine can reach the port, and other machines its TLS door; this is the gate. */

export interface GuardPlaces {
  /** On loopback, without TLS. */
  port(): number;
  /** With TLS, for others: what clients call this machine, `memory.example` or, behind a forwarded port, `memory.example:8443`. */
  outside?: { port(): number; hosts: readonly string[] } | undefined;
  /** Of pages that may call, exactly as a browser writes them: `https://app.example`. */
  origins?: readonly string[] | undefined;
}

export interface GuardedRequest {
  host: string | undefined;
  origin: string | undefined;
  /** It came over TLS. */
  isSecure?: boolean | undefined;
}

export type Refusal = { status: 403; code: 'HOST_NOT_ALLOWED' | 'ORIGIN_NOT_ALLOWED'; message: string };

/**
 * Null when the request may go on to the token check. A foreign Host is DNS rebinding; a foreign Origin is some page in a
 * browser. Tools that are no browsers send no Origin.
 */
export type Guard = (request: GuardedRequest) => Refusal | null;

const localNames = ['127.0.0.1', 'localhost', '[::1]'];
const securePort = 443;

export function createGuard({ port, outside, origins = [] }: GuardPlaces): Guard {
  // The ports are not known before the doors are open, and stay the same from then on.
  const loopback = knownNames({ port, hosts: [] });
  const secure = outside === undefined ? loopback : knownNames(outside);
  return ({ host, origin, isSecure = false }) => {
    const ours = isSecure ? secure() : loopback();
    if (host === undefined || !ours.includes(host.toLowerCase())) {
      return { status: 403, code: 'HOST_NOT_ALLOWED', message: `This port answers only to ${ours.join(', ')}.` };
    }
    if (origin === undefined || origins.includes(origin)) return null;
    const scheme = isSecure ? 'https' : 'http';
    if (ours.some((name) => origin.toLowerCase() === `${scheme}://${name}`)) return null;
    return { status: 403, code: 'ORIGIN_NOT_ALLOWED', message: 'Pages of other origins may not use this port.' };
  };
}

/** What a door is called, put together once for each port that it has. */
function knownNames({ port, hosts }: { port(): number; hosts: readonly string[] }): () => readonly string[] {
  let known: { at: number; names: readonly string[] } | null = null;
  return () => {
    const at = port();
    if (known?.at !== at) {
      known = {
        at,
        // The owner may have named the machine itself too.
        names: [...new Set([...localNames, ...hosts].flatMap((name) => named(name, at)))],
      };
    }
    return known.names;
  };
}

/** A name with a port of its own stands for a forwarded one. */
function named(name: string, port: number): string[] {
  const lower = name.toLowerCase();
  if (/:\d+$/.test(lower)) return [lower];
  return port === securePort ? [lower, `${lower}:${port}`] : [`${lower}:${port}`];
}

/** Of a connection: whether it is one of TLS. */
export function isSecureSocket(socket: object): boolean {
  return 'encrypted' in socket && socket.encrypted === true;
}

export interface TokenHeaders {
  authorization?: string | undefined;
  'x-api-key'?: string | string[] | undefined;
}

/** What a request shows: a bearer token, else the key of an `X-API-Key` header; null without either. */
export function sentToken(headers: TokenHeaders): string | null {
  const key = headers['x-api-key'];
  if (headers.authorization !== undefined || typeof key !== 'string') return bearerToken(headers.authorization);
  return /^\S+$/.test(key) ? key : null;
}

/** Whether a request shows what is meant for a token or key, well-formed or not. */
export function showsToken(headers: TokenHeaders): boolean {
  if (headers.authorization !== undefined) return /^Bearer +\S/i.test(headers.authorization);
  return headers['x-api-key'] !== undefined && headers['x-api-key'].length > 0;
}

/** The token of an `Authorization: Bearer` header; null without one. */
export function bearerToken(header: string | undefined): string | null {
  return /^Bearer +([^\s]+) *$/i.exec(header ?? '')?.[1] ?? null;
}
