import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { createLogger } from '../observe/logger.ts';
import { temporaryFolder } from '../store/testing/temporary-store.ts';
import { startWorker } from '../worker/start-worker.ts';
import { readTlsFiles } from './tls-files.ts';

const folder = temporaryFolder();
const at = (name: string) => join(folder.dir, name);

function certificate(name: string, ...more: string[]) {
  const files = { certFile: at(`${name}.pem`), keyFile: at(`${name}.key`) };
  const subject = ['-subj', '/CN=memory.example', '-addext', 'subjectAltName=DNS:memory.example,IP:127.0.0.1'];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', files.keyFile];
  execFileSync('openssl', ['req', '-x509', ...key, '-out', files.certFile, '-days', '2', ...subject, ...more], {
    stdio: 'ignore',
  });
  return files;
}

let good: ReturnType<typeof certificate>;
let other: ReturnType<typeof certificate>;
beforeAll(() => {
  good = certificate('good');
  other = certificate('other');
  writeFileSync(at('text.pem'), 'no certificate');
});
afterAll(() => folder.remove());

// Catches: a server that starts with files with which no client can reach it.
test.each([
  [
    'a certificate that is not there',
    () => ({ ...good, certFile: at('nothing') }),
    /nothing of --tls-cert cannot be read \(ENOENT\)/,
  ],
  [
    'a key that is not there',
    () => ({ ...good, keyFile: at('nothing') }),
    /nothing of --tls-key cannot be read \(ENOENT\)/,
  ],
  ['a text', () => ({ ...good, certFile: at('text.pem') }), /holds no certificate in PEM form/],
  ['a certificate as key', () => ({ ...good, keyFile: good.certFile }), /holds no private key/],
  ['a key of another certificate', () => ({ ...good, keyFile: other.keyFile }), /does not belong to the certificate/],
])('%s is told', async (_what, files, message) => {
  await expect(readTlsFiles(files())).rejects.toMatchObject({
    code: 'TLS_FILES_UNUSABLE',
    message: expect.stringMatching(message) as string,
  });
});

/** One request to the TLS door, as whatever name. */
function ask(port: number, path: string, headers: Record<string, string>): Promise<{ status: number; text: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>();
  const outgoing = request(
    {
      host: '127.0.0.1',
      servername: 'memory.example',
      port,
      path,
      headers,
      ca: readFileSync(good.certFile),
      agent: false,
    },
    (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    },
  );
  outgoing.on('error', reject).end();
  return promise;
}

// Catches: a door for other machines that is reached by a name that a page brought along, or that speaks without TLS.
test('other machines are let in by TLS, by the names that were given', { timeout: 120_000 }, async () => {
  const worker = await startWorker({
    dataDir: at('data'),
    engine: 'headless',
    rendererDir: at('renderer'),
    port: 0,
    // What is asked here is the door, not the network.
    outside: { ...good, host: '127.0.0.1', port: 0, hosts: ['memory.example'] },
    allowedOrigins: ['https://app.example'],
    claudeSettingsFile: at('settings.json'),
    log: createLogger('error', () => {}),
  });
  try {
    const owner = { authorization: `Bearer ${readFileSync(at('data/owner.token'), 'utf8').trim()}` };
    const made = await fetch(`${worker.url}/api/v1/keys`, {
      method: 'POST',
      headers: { ...owner, 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'k', scopes: ['read'] }),
    });
    const text = await made.text();
    expect(made.status, text).toBe(201);
    const { key } = z.object({ key: z.string() }).parse(JSON.parse(text));
    const port = Number(/:(\d+)$/.exec(worker.outsideUrl ?? '')?.[1]);
    expect(worker.outsideUrl).toBe(`https://memory.example:${port}`);
    const host = `memory.example:${port}`;
    const path = '/api/v1/auth/me';
    expect((await ask(port, path, { host, 'x-api-key': key })).status).toBe(200);
    expect((await ask(port, path, { host, ...owner })).status).toBe(200);
    expect((await ask(port, path, { host })).status).toBe(401);
    expect((await ask(port, path, { host: `evil.example:${port}`, ...owner })).status).toBe(403);
    expect((await ask(port, path, { host, ...owner, origin: 'https://evil.example' })).status).toBe(403);
    expect((await ask(port, path, { host, ...owner, origin: `https://${host}` })).status).toBe(200);
    await expect(fetch(`http://127.0.0.1:${port}${path}`)).rejects.toThrow('fetch failed');
    const rebound = await fetch(`${worker.url}${path}`, { headers: owner });
    expect(rebound.status, 'the door on loopback stays').toBe(200);

    const preflight = await fetch(`${worker.url}${path}`, {
      method: 'OPTIONS',
      headers: { origin: 'https://app.example', 'access-control-request-method': 'GET' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('https://app.example');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('X-API-Key');
    const shared = await fetch(`${worker.url}${path}`, {
      headers: { 'x-api-key': key, origin: 'https://app.example' },
    });
    expect(shared.headers.get('access-control-allow-origin')).toBe('https://app.example');
    expect(shared.headers.get('access-control-expose-headers')).toContain('X-RateLimit-Remaining');
    expect(shared.headers.get('access-control-allow-credentials')).toBeNull();
    expect(shared.headers.get('vary')).toMatch(/Origin/);
    const refused = await fetch(`${worker.url}${path}`, { headers: { origin: 'https://app.example' } });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, 'https://app.example']);
    const foreign = await fetch(`${worker.url}${path}`, {
      headers: { 'x-api-key': key, origin: 'https://evil.example' },
    });
    expect([foreign.status, foreign.headers.get('access-control-allow-origin')]).toEqual([403, null]);
  } finally {
    await worker.close();
  }
});
