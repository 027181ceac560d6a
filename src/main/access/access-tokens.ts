import { z } from 'zod';
import { accessTokenLifetimeMs } from './lifetimes.ts';
import type { SigningKeys } from './signing-keys.ts';

/** What an access token says: who, where, and of which login. What the user may do is looked up at each request. */
export interface AccessClaims {
  userId: string;
  organizationId: string;
  login: string;
  expiresAt: number;
}

export interface AccessTokens {
  issue(claims: Omit<AccessClaims, 'expiresAt'>): Promise<string>;
  /** Null for a token that is forged, expired, of another kind, or not ours. */
  read(token: string): Promise<AccessClaims | null>;
  /** Whether nothing is wrong with a token but that its time is over. */
  hasExpired(token: string): Promise<boolean>;
}

const algorithm = 'HS256';
/** RFC 9068: so that no other token that this memory may once sign passes for one. */
const type = 'at+jwt';
const issuer = 'claude-mem';
const audience = 'claude-mem-api';
const longestToken = 2_000;

const claims = z.object({ sub: z.string(), org: z.string(), sid: z.string(), exp: z.number() });

/** JSON Web Tokens (RFC 7519) signed with HMAC-SHA-256; the header names the key, nothing else of it is believed. */
export function createAccessTokens(keys: SigningKeys, now: () => number = Date.now): AccessTokens {
  async function verify(token: string): Promise<AccessClaims | 'expired' | null> {
    if (token.length > longestToken) return null;
    const { decodeProtectedHeader, errors, jwtVerify } = await import('jose');
    try {
      const { kid } = decodeProtectedHeader(token);
      const key = kid === undefined ? null : keys.find(kid);
      if (key === null) return null;
      const { payload } = await jwtVerify(token, key.secret, {
        algorithms: [algorithm],
        typ: type,
        issuer,
        audience,
        requiredClaims: ['sub', 'iat', 'nbf', 'exp'],
        maxTokenAge: accessTokenLifetimeMs / 1000,
        currentDate: new Date(now()),
      });
      const said = claims.parse(payload);
      return { userId: said.sub, organizationId: said.org, login: said.sid, expiresAt: said.exp * 1000 };
    } catch (error) {
      // Looked at last, after the signature and everything else.
      return error instanceof errors.JWTExpired && error.claim === 'exp' ? 'expired' : null;
    }
  }

  return {
    async issue({ userId, organizationId, login }) {
      const { SignJWT } = await import('jose');
      const key = await keys.current();
      const at = Math.floor(now() / 1000);
      return new SignJWT({ org: organizationId, sid: login })
        .setProtectedHeader({ alg: algorithm, typ: type, kid: key.id })
        .setSubject(userId)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(at)
        .setNotBefore(at)
        .setExpirationTime(at + accessTokenLifetimeMs / 1000)
        .sign(key.secret);
    },
    async read(token) {
      const verified = await verify(token);
      return verified === 'expired' ? null : verified;
    },
    hasExpired: async (token) => (await verify(token)) === 'expired',
  };
}
