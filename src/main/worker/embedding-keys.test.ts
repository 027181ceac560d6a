import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { noSecretStore, type SecretStore } from '../embed/secret-store.ts';
import { startEmbeddingServer } from '../embed/testing/embedding-server.ts';
import { capture, configure, embeddingWork, until, type EmbeddingWork } from './testing/embedding-work.ts';

let work: EmbeddingWork;
beforeEach(async () => {
  work = await embeddingWork();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await work.end();
});

describe('keys', () => {
  /** A keychain in memory, as the desktop hands one in. */
  function memoryKeychain(): SecretStore & { kept: Map<string, string> } {
    const kept = new Map<string, string>();
    return {
      kept,
      available: () => Promise.resolve(true),
      get: (name) => Promise.resolve(kept.get(name) ?? null),
      set: (name, value) => Promise.resolve(void (value === null ? kept.delete(name) : kept.set(name, value))),
    };
  }

  test('come from the environment by name, and are nowhere in the data folder', async () => {
    vi.stubEnv('EMBEDDING_TEST_API_KEY', 'sk-from-the-environment');
    const worker = await work.workers.start();
    await capture(worker, 1);
    await configure(worker, work.endpoint({ key_source: 'environment', key_variable: 'EMBEDDING_TEST_API_KEY' }));
    await until(worker, ({ active }) => active?.dimension === 24);
    expect(work.server.requests[0]?.authorization).toBe('Bearer sk-from-the-environment');
    for (const file of readdirSync(worker.dataDir, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      expect(readFileSync(join(file.parentPath, file.name)).includes('sk-from-the-environment')).toBe(false);
    }
  });

  test('that are not set are told by the name of their variable', async () => {
    const worker = await work.workers.start();
    await capture(worker, 1);
    await configure(worker, work.endpoint({ key_source: 'environment', key_variable: 'NOT_SET_ANYWHERE_TOKEN' }));
    const { problem } = await until(worker, ({ state }) => state === 'failing');
    expect(problem?.code).toBe('NO_KEY');
    expect(problem?.message).toContain('NOT_SET_ANYWHERE');
  });

  test('are refused where there is no keychain, with what to do instead', async () => {
    const worker = await work.workers.start({ secrets: noSecretStore });
    await expect(configure(worker, work.endpoint({ key_source: 'keychain' }), 'sk')).rejects.toThrow(
      /environment variable/,
    );
    expect((await worker.client.embedding.status.query()).settings.kind).toBe('builtin');
  });

  test('lie in the keychain, are sent to their own endpoint only, and can be forgotten', async () => {
    const secrets = memoryKeychain();
    const worker = await work.workers.start({ secrets });
    await capture(worker, 1);
    const settings = work.endpoint({ key_source: 'keychain' });
    const status = await configure(worker, settings, 'sk-in-the-keychain');
    expect(JSON.stringify(status)).not.toContain('sk-in-the-keychain');
    await until(worker, ({ active }) => active?.dimension === 24);
    expect(work.server.requests[0]?.authorization).toBe('Bearer sk-in-the-keychain');
    const other = await startEmbeddingServer(24);
    await expect(
      worker.client.embedding.test.mutate({ settings: { ...settings, base_url: other.baseUrl } }),
    ).rejects.toThrow(/NO_KEY/);
    expect(other.requests).toEqual([]);
    await other.close();
    await configure(worker, settings, null);
    expect(secrets.kept.size).toBe(0);
  });

  test.each(['PATH', 'AWS_SECRET_ACCESS_KEY', 'DATABASE_URL', 'TOKEN_OF', 'X_API_KEY_2'])(
    'are not read from %s, which nobody made to be sent',
    async (name) => {
      const worker = await work.workers.start();
      const settings = work.endpoint({ key_source: 'environment', key_variable: name });
      await expect(configure(worker, settings)).rejects.toThrow(/_API_KEY or _TOKEN/);
      await expect(worker.client.embedding.test.mutate({ settings })).rejects.toThrow(/_API_KEY or _TOKEN/);
      expect(work.server.requests).toEqual([]);
    },
  );

  test('that no header takes are told as such, and are trimmed', async () => {
    vi.stubEnv('EMBEDDING_TEST_API_KEY', 'sk-…cut');
    const worker = await work.workers.start();
    const settings = work.endpoint({ key_source: 'environment', key_variable: 'EMBEDDING_TEST_API_KEY' });
    await expect(worker.client.embedding.test.mutate({ settings })).rejects.toThrow(/characters.*REFUSED/);
    await expect(worker.client.embedding.test.mutate({ settings, key: 'sk\n2' })).rejects.toThrow(/characters/);
    await worker.client.embedding.test.mutate({ settings, key: ' sk-tried\n' });
    expect(work.server.requests.map(({ authorization }) => authorization)).toEqual(['Bearer sk-tried']);
  });

  test('are not taken into a base URL', async () => {
    const worker = await work.workers.start();
    const settings = work.endpoint({ base_url: work.server.baseUrl.replace('http://', 'http://name:secret@') });
    await expect(configure(worker, settings)).rejects.toThrow(/holds a name or password/);
  });
});
