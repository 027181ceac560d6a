import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorkerProcess, type WorkerServer } from '../../bench/lib/child-server.ts';
import { appRouter } from '../../src/main/api/router.ts';
import { projectRoot } from '../architecture/source-files.ts';
import { bearer, problemOf, send } from './request.ts';

/** Without a token, each alone in its request, for a page that logs somebody in. */
const openCalls = ['auth.login', 'auth.refresh', 'auth.logout'];

/** Every route of the port that wants the owner; the first test keeps the list complete. */
const ownerRoutes = [
  ['POST', '/api/v1/viewer/links'],
  ['GET', '/api/v1/stream/events'],
  ['GET', '/events'],
  ['GET', '/api/v1/search'],
  ...Object.keys(appRouter._def.procedures).flatMap((name) => [
    ['GET', `/trpc/${name}`] as const,
    ...(openCalls.includes(name) ? [] : [['POST', `/trpc/${name}`] as const]),
  ]),
  ['GET', '/trpc/no.such.call'],
  ['GET', '/api/v1/metrics'],
  ['POST', '/mcp'],
  ['GET', '/api/v1/memories'],
  ['POST', '/api/memories'],
  ['GET', '/api/v1/nothing'],
  ['DELETE', '/api/v1/viewer/links'],
] as const;

/** Without a token: health, the API's document and its page, the exchange of a one-time link, and the files of the viewer, which hold no data. */
const openRoutes = [
  '/api/v1/health',
  '/api/v1/openapi.json',
  '/docs',
  '/docs/*',
  '/api/v1/viewer/redeem',
  '/',
  '/index.html',
  '/assets/*',
  '/:file{[a-z-]+\\\\.(?:js|svg|png|ico)}',
];

const folder = mkdtempSync(join(tmpdir(), 'cmem-contract-'));
let worker: WorkerServer;

beforeAll(async () => {
  worker = await startWorkerProcess(folder);
});
afterAll(async () => {
  await worker.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('routes', () => {
  // Catches: a new route that no test asked for its token.
  test('the lists name every route in the source', () => {
    const sources = readdirSync(join(projectRoot, 'src/main/http')).filter((name) =>
      /^(?!.*\.test\.).*\.ts$/.test(name),
    );
    const text = sources.map((name) => readFileSync(join(projectRoot, 'src/main/http', name), 'utf8')).join('\n');
    const routes = [...text.matchAll(/\bapp\.(?:get|post|put|patch|delete|all)\(\s*['"`]([^'"`]+)/g)].map(
      (match) => match[1] ?? '',
    );
    expect(routes.length).toBeGreaterThan(6);
    const listed = new Set<string>([...openRoutes, '/trpc/*', ...ownerRoutes.map(([, path]) => path)]);
    expect(routes.filter((route) => !listed.has(route))).toEqual([]);
  });

  // Catches: the hook token, which lies in a settings file, reading the memory.
  test.each(ownerRoutes)('%s %s with the capture token is 403', async (method, path) => {
    const answer = await send(worker.port, path, { method, headers: bearer(worker.captureToken) });
    expect(answer.status).toBe(403);
    expect(problemOf(answer).code).toBe('FORBIDDEN');
  });

  test.each([
    ['another token', 'Bearer 0123456789abcdef0123456789abcdef'],
    ['an empty token', 'Bearer '],
    ['another scheme', 'Basic b3duZXI6b3duZXI='],
    ['a very long token', `Bearer ${'a'.repeat(8_000)}`],
    ['two tokens', 'Bearer a b'],
  ])('%s is 401', async (_what, authorization) => {
    const answer = await send(worker.port, '/trpc/status.get', { headers: { authorization } });
    expect(answer.status).toBe(401);
  });

  // Catches: a sign-in page that needs a token to get one, and a login that lets others of its batch through.
  test('logging in over tRPC needs none, and brings nothing else with it', async () => {
    const headers = { 'content-type': 'application/json' };
    const bodies = { 'auth.login': { email: 'nobody@example.com', password: 'wrong' } };
    for (const name of openCalls) {
      const json = name === 'auth.login' ? bodies[name] : { refresh_token: 'cmr_guess' };
      const answer = await send(worker.port, `/trpc/${name}`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ json }),
      });
      expect([name, answer.status]).toEqual([name, name === 'auth.logout' ? 200 : 401]);
      expect(answer.headers['x-ratelimit-limit'], name).toBe('30');
    }
    const batch = await send(worker.port, '/trpc/auth.login,status.get?batch=1', {
      method: 'POST',
      headers,
      body: '{}',
    });
    expect(batch.status).toBe(401);
    expect(problemOf(batch).code).toBe('UNAUTHORIZED');
    const evil = { ...headers, origin: 'https://evil.example' };
    expect((await send(worker.port, '/trpc/auth.login', { method: 'POST', headers: evil, body: '{}' })).status).toBe(
      403,
    );
  });

  test('the owner may', async () => {
    const answer = await send(worker.port, '/trpc/status.get', { headers: bearer(worker.ownerToken) });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.text)).toMatchObject({
      result: { data: { json: { engine: 'headless', port: worker.port } } },
    });
  });

  test('health needs no token and tells nothing of the memory', async () => {
    const answer = await send(worker.port, '/api/v1/health');
    expect(answer.status).toBe(200);
    expect(Object.keys(JSON.parse(answer.text) as object).toSorted()).toEqual([
      'pid',
      'status',
      'uptime_ms',
      'version',
    ]);
  });

  // Catches: a build that leaves out Swagger UI, or a page that a browser's policy keeps from working.
  test('the page of the API comes whole from the build', async () => {
    const page = await send(worker.port, '/docs');
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
    expect(page.text).not.toMatch(/<script(?![^>]* src=)|<style| style=| on\w+=|https?:/);
    const files = [...page.text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => match[1] ?? '');
    expect(files).toHaveLength(5);
    for (const file of files) expect((await send(worker.port, file)).status, file).toBe(200);
    expect((await send(worker.port, '/docs/../index.html.map')).status).toBe(401);
    expect((await send(worker.port, '/docs/nothing.js')).status).toBe(404);
  });

  test('a link that nobody issued is not redeemed', async () => {
    const headers = { 'content-type': 'application/json' };
    const wrong = await send(worker.port, '/api/v1/viewer/redeem', {
      method: 'POST',
      headers,
      body: '{"ticket":"guess"}',
    });
    expect(wrong.status).toBe(401);
    const malformed = await send(worker.port, '/api/v1/viewer/redeem', { method: 'POST', headers, body: '{' });
    expect(malformed.status).toBe(400);
    expect(problemOf(malformed).error.length).toBeGreaterThan(10);
  });

  test('what is not there is a clear 404', async () => {
    const answer = await send(worker.port, '/api/v1/nothing', { headers: bearer(worker.ownerToken) });
    expect(answer.status).toBe(404);
    expect(problemOf(answer)).toMatchObject({
      code: 'NOT_FOUND',
      error: expect.stringContaining('/api/v1/nothing') as string,
    });
  });
});

describe('guard', () => {
  const asOwner = () => bearer(worker.ownerToken);
  const paths = ['/', '/api/v1/health', '/trpc/status.get', '/hooks/claude-code'];

  // Catches: DNS rebinding, where a page's own name resolves to this machine.
  test.each([
    'evil.example',
    'evil.example:37700',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    '0.0.0.0',
    '127.0.0.1:1',
    'localhost',
    '2130706433',
    'xn--lcalhost-x1a',
  ])('Host %j is 403 on every path, even for the owner', async (host) => {
    for (const path of paths) {
      const answer = await send(worker.port, path, {
        method: path.startsWith('/hooks') ? 'POST' : 'GET',
        headers: { ...asOwner(), host },
      });
      expect(answer.status, path).toBe(403);
      expect(problemOf(answer).code).toBe('HOST_NOT_ALLOWED');
    }
  });

  // The HTTP layer itself may refuse what is no host name at all.
  test.each(['127.0.0.1@evil.example', '[::1].evil.example', ' ', 'a b', '127.0.0.1:PORT/'])(
    'malformed Host %j gets nothing',
    async (template) => {
      const host = template.replace('PORT', String(worker.port));
      for (const path of paths) {
        const method = path.startsWith('/hooks') ? 'POST' : 'GET';
        const answer = await send(worker.port, path, { method, headers: { ...asOwner(), host } });
        expect([400, 403], path).toContain(answer.status);
      }
    },
  );

  // Catches: a page in the person's browser that posts to the port.
  test.each([
    'https://evil.example',
    'null',
    'http://127.0.0.1',
    'http://localhost:1',
    'https://127.0.0.1:PORT',
    'http://127.0.0.1:PORT.evil.example',
    'http://evil.example:PORT',
    'file://',
    'app://other',
    '',
  ])('Origin %j is 403 on every path, even for the owner', async (template) => {
    const origin = template.replace('PORT', String(worker.port));
    for (const path of paths) {
      const answer = await send(worker.port, path, {
        method: path.startsWith('/hooks') ? 'POST' : 'GET',
        headers: { ...asOwner(), origin },
      });
      expect(answer.status, path).toBe(403);
      expect(problemOf(answer).code).toBe('ORIGIN_NOT_ALLOWED');
    }
  });

  test.each(['127.0.0.1:PORT', 'localhost:PORT', 'LOCALHOST:PORT'])('Host %s is ours', async (template) => {
    const host = template.replace('PORT', String(worker.port));
    const answer = await send(worker.port, '/trpc/status.get', {
      headers: { ...asOwner(), host, origin: `http://127.0.0.1:${worker.port}` },
    });
    expect(answer.status).toBe(200);
  });

  // Catches: an answer that a page of another origin could read.
  test('no answer opens the port to other origins', async () => {
    for (const path of paths) {
      const answer = await send(worker.port, path, { method: 'OPTIONS', headers: { origin: 'https://evil.example' } });
      expect(answer.status).toBe(403);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
  });
});

describe('web viewer', () => {
  test('the page comes with a strict policy', async () => {
    const { status, headers } = await send(worker.port, '/');
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/^text\/html/);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("style-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe-|\*|https?:/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
  });

  // Catches: a path that leaves the folder of the bundle and reads the token beside it.
  test.each([
    '/assets/../../owner.token',
    '/assets/..%2f..%2fowner.token',
    '/assets/%2e%2e/%2e%2e/main/headless.js',
    '/assets/..%5c..%5cmain%5cheadless.js',
    '/assets/%',
    '/assets/%00',
    '/assets//etc/passwd',
    `/assets/${'a'.repeat(5_000)}.js`,
  ])('%s gives no file', async (path) => {
    const answer = await send(worker.port, path);
    expect([400, 401, 404, 414, 431]).toContain(answer.status);
    expect(answer.text).not.toContain(worker.ownerToken);
    expect(answer.text).not.toContain('import ');
  });
});

// Last, because so many refusals end in a limit for their address, which is told where the token would be.
describe('without a token', () => {
  test.each(ownerRoutes)('%s %s is refused', async (method, path) => {
    const answer = await send(worker.port, path, { method });
    expect([
      [401, 'UNAUTHORIZED'],
      [429, 'RATE_LIMITED'],
    ]).toContainEqual([answer.status, problemOf(answer).code]);
  });
});
