import { createHmac } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { startWorkerProcess, type WorkerServer } from '../../bench/lib/child-server.ts';
import { createAttacker, password } from './attacker.ts';
import { bearer, problemOf, type Answer } from './request.ts';

const folder = mkdtempSync(join(tmpdir(), 'cmem-attacks-'));
let worker: WorkerServer;
beforeAll(async () => {
  worker = await startWorkerProcess(folder);
});
afterAll(async () => {
  await worker.stop();
  rmSync(folder, { recursive: true, force: true });
});

const attacker = createAttacker(() => worker);
const { call, asOwner, me, tryLogin, login, makeKey, makeUser, newKeyOf, pairOf, idOf } = attacker;

describe('tokens', () => {
  let email: string;
  let good: string;
  beforeAll(async () => {
    ({ email } = await makeUser('user'));
    good = (await login(email)).access_token;
  });

  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const opened = (place: number) =>
    z
      .record(z.string(), z.unknown())
      .parse(JSON.parse(Buffer.from(good.split('.')[place] ?? '', 'base64url').toString()));
  const secretOf = () => {
    const file = z.object({ keys: z.array(z.object({ secret: z.string() })) });
    const { keys } = file.parse(JSON.parse(readFileSync(join(folder, 'signing-keys.json'), 'utf8')));
    return Buffer.from(keys[0]?.secret ?? '', 'base64url');
  };
  const signed = (header: object, claims: object, secret: Uint8Array = secretOf()) => {
    const text = `${part(header)}.${part(claims)}`;
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
  };

  test('a login opens what its role may', async () => {
    expect((await me(bearer(good))).status).toBe(200);
    expect((await me(bearer(signed(opened(0), opened(1))))).status, 'the table forges well').toBe(200);
    expect((await call('GET', '/api/v1/users', bearer(good))).status).toBe(403);
  });

  // Catches: any way to be let in without having been let in.
  test.each<[string, () => string]>([
    ['alg none', () => `${part({ ...opened(0), alg: 'none' })}.${part(opened(1))}.`],
    ['alg none, signed', () => signed({ ...opened(0), alg: 'none' }, opened(1))],
    ['another key', () => signed(opened(0), opened(1), Buffer.alloc(32, 7))],
    ['no key', () => signed(opened(0), opened(1), Buffer.alloc(0))],
    ['another key id', () => signed({ ...opened(0), kid: '../../owner.token' }, opened(1))],
    ['expired', () => signed(opened(0), { ...opened(1), exp: Math.floor(Date.now() / 1000) - 1 })],
    ['not yet', () => signed(opened(0), { ...opened(1), nbf: Math.floor(Date.now() / 1000) + 3_600 })],
    ['another audience', () => signed(opened(0), { ...opened(1), aud: 'other' })],
    ['a user that is not there', () => signed(opened(0), { ...opened(1), sub: 'nobody' })],
    ['an organisation that the user is not in', () => signed(opened(0), { ...opened(1), org: 'other' })],
    ['a changed claim', () => [good.split('.')[0], part({ ...opened(1), sub: 'owner' }), good.split('.')[2]].join('.')],
    ['a key with one letter changed', () => `${worker.ownerToken.slice(0, -1)}_`],
    ['the hash of nothing', () => 'cmk_'],
    ['a prototype', () => '__proto__'],
  ])('%s is 401', async (what, forge) => {
    const headers = bearer(forge());
    for (const path of ['/api/v1/auth/me', '/trpc/auth.me', '/api/v1/sessions', '/events', '/mcp', '/api/memories']) {
      const answer = await call('GET', path, headers);
      expect(answer.status, path).toBe(401);
      // Only whoever holds a token of ours hears more than that it is no good.
      expect(problemOf(answer).code).toBe(what === 'expired' ? 'TOKEN_EXPIRED' : 'INVALID_TOKEN');
      expect(answer.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
    }
  });

  test('a refresh token opens nothing but the next one, and shown twice ends the login', async () => {
    const first = await login(email);
    expect((await me(bearer(first.refresh_token))).status).toBe(401);
    const next = await call('POST', '/api/v1/auth/refresh', {}, { refresh_token: first.refresh_token });
    expect(next.status).toBe(200);
    const second = pairOf(next);
    expect((await me(bearer(second.access_token))).status).toBe(200);
    const again = await call('POST', '/api/v1/auth/refresh', {}, { refresh_token: first.refresh_token });
    expect(again.status).toBe(401);
    expect((await me(bearer(second.access_token))).status).toBe(401);
    const stolen = await call('POST', '/api/v1/auth/refresh', {}, { refresh_token: second.refresh_token });
    expect(stolen.status).toBe(401);
  });
});

describe('keys', () => {
  test('a key works in both headers until it is revoked, and at once no more', async () => {
    const { key, api_key } = await makeKey(['read']);
    expect(key.startsWith(api_key.prefix)).toBe(true);
    expect((await me(bearer(key))).status).toBe(200);
    expect((await me({ 'x-api-key': key })).status).toBe(200);
    expect((await asOwner('DELETE', `/api/v1/keys/${api_key.id}`)).status).toBe(200);
    await expect
      .poll(async () => (await asOwner('GET', '/api/v1/audit?action=keys.create')).text)
      .toContain(`"target":"${api_key.id}"`);
    for (const headers of [bearer(key), { 'x-api-key': key }]) expect((await me(headers)).status).toBe(401);
    expect((await asOwner('POST', `/api/v1/keys/${api_key.id}/rotate`, {})).status, 'and stays so').toBe(409);
  });

  test('a rotated key works on for its grace, an expired one not at all', async () => {
    const { key, api_key } = await makeKey(['read']);
    const answer = await asOwner('POST', `/api/v1/keys/${api_key.id}/rotate`, { grace_seconds: 600 });
    const next = newKeyOf(answer);
    for (const one of [key, next.key]) expect((await me(bearer(one))).status).toBe(200);
    await asOwner('PATCH', `/api/v1/keys/${next.api_key.id}`, { expires_at: new Date(Date.now() - 1).toISOString() });
    expect((await me(bearer(next.key))).status).toBe(401);
  });

  // Catches: rights that a key takes for itself.
  test.each<[string, string[], string, string, unknown]>([
    ['writes', ['read'], 'POST', '/api/v1/memories', { text: 'x' }],
    ['asks a model', ['read', 'write'], 'POST', '/api/v1/ask', { question: 'x' }],
    ['lists people', ['read', 'write'], 'GET', '/api/v1/users', undefined],
    ['makes a key', ['read', 'write'], 'POST', '/api/v1/keys', { name: 'x', scopes: ['read'] }],
    ['makes a stronger key', ['read', 'admin'], 'POST', '/api/v1/keys', { name: 'x', scopes: ['write'] }],
    [
      'makes an admin',
      ['read', 'admin'],
      'POST',
      '/api/v1/users',
      { email: 'e@example.com', name: 'x', password, role: 'admin' },
    ],
    ['makes an organisation', ['read', 'admin'], 'POST', '/api/v1/organizations', { name: 'x' }],
    ['opens the viewer', ['read', 'admin'], 'POST', '/api/v1/viewer/links', undefined],
    ['reads', ['capture'], 'GET', '/api/v1/sessions', undefined],
    [
      'posts hooks',
      ['read', 'write', 'admin'],
      'POST',
      '/hooks/claude-code',
      { hook_event_name: 'Stop', session_id: 's' },
    ],
  ])('one that %s with only %j is 403', async (_what, scopes, method, path, body) => {
    const { key } = await makeKey(scopes);
    const answer = await call(method, path, bearer(key), body);
    expect(answer.status, answer.text).toBe(403);
    expect(problemOf(answer).code).toBe('FORBIDDEN');
  });

  test('one that asks too often is told when to come back', async () => {
    const { key } = await makeKey(['read'], { requests_per_minute: 5 });
    const answers: Answer[] = [];
    for (let n = 0; n < 7; n++) answers.push(await me(bearer(key)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429, 429]);
    expect(answers.map(({ headers }) => headers['x-ratelimit-remaining'])).toEqual(['4', '3', '2', '1', '0', '0', '0']);
    const last = answers.at(-1);
    expect(last?.headers).toMatchObject({ 'x-ratelimit-limit': '5' });
    expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(last?.headers['x-ratelimit-reset'])).toBeGreaterThan(Date.now() / 1000);
    expect(
      (await asOwner('GET', '/api/v1/auth/me')).headers['x-ratelimit-limit'],
      'the owner is not counted',
    ).toBeUndefined();
  });
});

describe('batches', () => {
  // Catches: a hundred calls of a tool that count as one request.
  test('each message of one counts', async () => {
    const { key } = await makeKey(['read'], { requests_per_minute: 20 });
    const headers = { ...bearer(key), accept: 'application/json, text/event-stream' };
    const client = { protocolVersion: '2025-03-26', capabilities: {}, clientInfo: { name: 'test', version: '1' } };
    const begun = await call('POST', '/mcp', headers, { jsonrpc: '2.0', id: 1, method: 'initialize', params: client });
    const session = String(begun.headers['mcp-session-id']);
    const messages = Array.from({ length: 40 }, (_, id) => ({ jsonrpc: '2.0', id, method: 'ping' }));
    const batch = await call('POST', '/mcp', { ...headers, 'mcp-session-id': session }, messages);
    expect(batch.status).toBe(200);
    const next = await me(bearer(key));
    expect(next.status).toBe(429);
    expect(Number(next.headers['retry-after'])).toBeGreaterThan(30);
  });
});

describe('organisations', () => {
  test('the owner acts in one by its header; others stay where they are', async () => {
    const made = await asOwner('POST', '/api/v1/organizations', { name: 'Team' });
    const id = idOf(made);
    const there = { 'x-organization-id': id };
    const seen = await asOwner('GET', '/api/v1/auth/me', undefined, there);
    expect(JSON.parse(seen.text)).toMatchObject({ kind: 'owner', organization: { id, name: 'Team' } });
    const stored = await asOwner('POST', '/api/v1/memories', { text: 'The secret of the team is 42.' }, there);
    expect(stored.status, stored.text).toBe(201);
    expect((await asOwner('GET', '/api/v1/memories')).text).not.toContain('secret of the team');
    expect((await asOwner('GET', '/api/v1/memories', undefined, there)).text).toContain('secret of the team');
    const { key } = await makeKey(['read', 'admin']);
    expect((await call('GET', '/api/v1/memories', { ...bearer(key), ...there })).status).toBe(403);
    const admin = await makeUser('admin', id);
    const { access_token } = await login(admin.email);
    expect((await call('GET', '/api/v1/memories', bearer(access_token))).text).toContain('secret of the team');
    expect(
      (await call('GET', '/api/v1/memories', { ...bearer(access_token), 'x-organization-id': 'default' })).status,
    ).toBe(403);
    expect((await asOwner('DELETE', `/api/v1/organizations/${id}`)).status).toBe(204);
    expect((await me(bearer(access_token))).status).toBe(401);
    expect((await asOwner('GET', '/api/v1/memories', undefined, there)).status).toBe(404);
    expect(readdirSync(join(folder, 'organizations'))).toEqual([]);
  });

  // Catches: a header that becomes a path.
  test.each(['nobody', '..', '../../etc', 'default/../x', '%2e%2e', 'a'.repeat(5_000), '', '__proto__'])(
    'the organisation %j is not there',
    async (organization) => {
      const asked = asOwner('GET', '/api/v1/auth/me', undefined, { 'x-organization-id': organization });
      // What is no header at all is not even sent by Node.
      const answer = await asked.catch(() => null);
      if (answer !== null) expect(answer.status).toBe(404);
    },
  );
});

describe('passwords', () => {
  test('a hundred wrong ones lock the account, while hooks are answered; the audit tells of it', async () => {
    const { email, id } = await makeUser('user');
    const guesses = Array.from({ length: 100 }, () => tryLogin(email, 'a wrong password'));
    const hook = { hook_event_name: 'Stop', session_id: 's', cwd: '/nowhere' };
    const hooked = await call('POST', '/hooks/claude-code', bearer(worker.captureToken), hook);
    expect([200, 204]).toContain(hooked.status);
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    expect(statuses.filter((status) => status !== 401 && status !== 429)).toEqual([]);
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(5);
    expect((await tryLogin(email)).status, 'even the right one').toBe(429);
    const state = JSON.parse((await asOwner('GET', `/api/v1/users/${id}`)).text) as unknown;
    expect(state).toMatchObject({ state: 'locked' });
    const list = z.object({
      data: z.array(z.looseObject({ action: z.string(), count: z.number(), code: z.string().nullable() })),
    });
    await expect
      .poll(async () => {
        const { text } = await asOwner('GET', '/api/v1/audit?limit=200&outcome=refused');
        expect(text).not.toContain('a wrong password');
        return list
          .parse(JSON.parse(text))
          .data.filter(({ action }) => action === 'auth.login')
          .map(({ code }) => code);
      })
      .toEqual(expect.arrayContaining(['UNAUTHORIZED']));
  });
});
