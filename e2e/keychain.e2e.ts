import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import superjson from 'superjson';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dataPaths } from '../src/main/store/data-folder.ts';
import type { EmbeddingSettings, EmbeddingStatus } from '../src/shared/embedding-views.ts';
import { launchApp, type App } from './driver.ts';
import { startEmbeddingEndpoint, type EmbeddingEndpoint } from './embedding-endpoint.ts';

const key = 'sk-only-the-keychain-may-know';
let folder: string;
let endpoint: EmbeddingEndpoint;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'claude-mem-keychain-'));
  endpoint = await startEmbeddingEndpoint();
});
afterAll(async () => {
  await endpoint.close();
  rmSync(folder, { recursive: true, force: true });
});

const settings = (): EmbeddingSettings => ({
  kind: 'endpoint',
  base_url: endpoint.url,
  model: 'letters',
  dimension: null,
  key_source: 'keychain',
  key_variable: null,
  price_per_million_tokens: null,
});

/** A call as the window's own client makes it. */
async function call<T>(app: App, type: 'query' | 'mutation', path: string, input?: unknown): Promise<T> {
  const page = await app.page();
  const reply = await page.evaluate((message) => window.bridge.call(message), {
    id: Math.floor(Math.random() * 1e9),
    type,
    path,
    input: superjson.serialize(input),
  });
  if (!reply.ok) throw new Error(JSON.stringify(reply.error));
  return superjson.deserialize<T>(reply.data as never);
}

// Catches: a key that is kept where Chromium encrypts with a password that everybody knows.
test('where the system has no keyring, no key is taken', async () => {
  const app = await launchApp({ dataDir: join(folder, 'without') });
  const { keychain } = await call<EmbeddingStatus>(app, 'query', 'embedding.status');
  const backend = await app.evaluate(({ safeStorage }) =>
    process.platform === 'linux' ? safeStorage.getSelectedStorageBackend() : 'of the system',
  );
  expect(keychain).toBe(backend !== 'basic_text' && backend !== 'unknown');
  const kept = call(app, 'mutation', 'embedding.configure', { settings: settings(), key });
  if (keychain) await kept;
  else await expect(kept).rejects.toThrow(/environment variable/);
  await app.close();
});

// Catches: a key in clear in the data folder, and one that is gone after a restart.
test('with a keyring the key outlives the app, and the data folder does not tell it', async () => {
  const dataDir = join(folder, 'with');
  const env = { STANDIN_KEYCHAIN: join(folder, 'keyring') };
  const first = await launchApp({ dataDir, env });
  const { keychain } = await call<EmbeddingStatus>(first, 'query', 'embedding.status');
  // A real Electron on a machine without a keyring: the test above has looked at that.
  if (keychain) await call(first, 'mutation', 'embedding.configure', { settings: settings(), key });
  await first.close();
  if (!keychain) return;
  expect(readFileSync(dataPaths(dataDir).secrets, 'utf8').length).toBeGreaterThan(20);
  for (const file of readdirSync(dataDir, { recursive: true, withFileTypes: true })) {
    if (file.isFile()) expect(readFileSync(join(file.parentPath, file.name)).includes(key)).toBe(false);
  }
  const second = await launchApp({ dataDir, env });
  const before = endpoint.count();
  const tried = await call<{ dimension: number }>(second, 'mutation', 'embedding.test', { settings: settings() });
  expect(tried.dimension).toBe(16);
  expect(endpoint.count()).toBe(before + 1);
  await second.close();
});
