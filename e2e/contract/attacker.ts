import type { WorkerServer } from '../../bench/lib/child-server.ts';
import { expect } from 'vitest';
import { z } from 'zod';
import { bearer, send, type Answer } from './request.ts';

export const password = 'correct horse battery';
export const json = { 'content-type': 'application/json' };

const newKey = z.object({ key: z.string(), api_key: z.object({ id: z.string(), prefix: z.string() }) });
const withId = z.object({ id: z.string() });
const pair = z.object({ access_token: z.string(), refresh_token: z.string() });
type Headers = Record<string, string>;

/** Calls of a worker's REST door, as the owner, as users and keys that it makes, and as nobody. */
export function createAttacker(worker: () => WorkerServer) {
  let users = 0;

  function call(method: string, path: string, headers: Headers, body?: unknown): Promise<Answer> {
    if (body === undefined) return send(worker().port, path, { method, headers });
    const text = JSON.stringify(body);
    return send(worker().port, path, {
      method,
      headers: { ...json, ...headers, 'content-length': Buffer.byteLength(text) },
      body: text,
    });
  }

  const asOwner = (method: string, path: string, body?: unknown, headers: Headers = {}) =>
    call(method, path, { ...bearer(worker().ownerToken), ...headers }, body);
  const tryLogin = (email: string, secret = password) =>
    call('POST', '/api/v1/auth/login', {}, { email, password: secret });

  return {
    call,
    asOwner,
    me: (headers: Headers) => call('GET', '/api/v1/auth/me', headers),
    tryLogin,
    async login(email: string) {
      const answer = await tryLogin(email);
      expect(answer.status, answer.text).toBe(200);
      return pair.parse(JSON.parse(answer.text));
    },
    async makeKey(scopes: string[], more: object = {}) {
      const answer = await asOwner('POST', '/api/v1/keys', { name: 'test', scopes, ...more });
      expect(answer.status, answer.text).toBe(201);
      return newKey.parse(JSON.parse(answer.text));
    },
    newKeyOf: (answer: Answer) => newKey.parse(JSON.parse(answer.text)),
    pairOf: (answer: Answer) => pair.parse(JSON.parse(answer.text)),
    idOf: (answer: Answer) => withId.parse(JSON.parse(answer.text)).id,
    async makeUser(role: string, organizationId?: string) {
      const email = `user-${(users += 1)}@example.com`;
      const place = organizationId === undefined ? {} : { organization_id: organizationId };
      const answer = await asOwner('POST', '/api/v1/users', { email, name: 'User', password, role, ...place });
      expect(answer.status, answer.text).toBe(201);
      return { email, id: withId.parse(JSON.parse(answer.text)).id };
    },
  };
}
