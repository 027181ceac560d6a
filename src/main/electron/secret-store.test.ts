import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { temporaryFolder } from '../store/testing/temporary-store.ts';
import { createSecretStore, type SecretStoreParts } from './secret-store.ts';

const folders: { remove(): void }[] = [];
afterEach(() => folders.splice(0).forEach((folder) => folder.remove()));

/** A keychain with a key of its own. */
function keychain(
  backend: ReturnType<Electron.SafeStorage['getSelectedStorageBackend']> = 'gnome_libsecret',
): SecretStoreParts['safeStorage'] {
  const [key, nonce] = [randomBytes(32), randomBytes(12)];
  return {
    getSelectedStorageBackend: () => backend,
    isAsyncEncryptionAvailable: () => Promise.resolve(true),
    encryptStringAsync: (text) => {
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      return Promise.resolve(Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]));
    },
    decryptStringAsync: (bytes) => {
      const cipher = createDecipheriv('aes-256-gcm', key, nonce).setAuthTag(bytes.subarray(-16));
      const result = Buffer.concat([cipher.update(bytes.subarray(0, -16)), cipher.final()]).toString('utf8');
      return Promise.resolve({ result, shouldReEncrypt: false });
    },
  };
}

function store(safeStorage = keychain(), platform: NodeJS.Platform = 'linux') {
  const folder = temporaryFolder();
  folders.push(folder);
  const file = join(folder.dir, 'secrets.json');
  return { file, secrets: createSecretStore({ file, safeStorage, platform }), safeStorage };
}

test('keeps a key so that the file does not tell it, for its owner alone', async () => {
  const { file, secrets } = store();
  writeFileSync(`${file}.new`, '');
  chmodSync(`${file}.new`, 0o644);
  await secrets.set('endpoint', 'sk-very-secret');
  expect(await secrets.get('endpoint')).toBe('sk-very-secret');
  const kept = readFileSync(file, 'utf8');
  expect(kept).not.toContain('sk-very-secret');
  expect(kept).not.toContain(Buffer.from('sk-very-secret').toString('base64'));
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('forgets one key without the others, and leaves no file behind', async () => {
  const { file, secrets } = store();
  await Promise.all([secrets.set('a', '1'), secrets.set('b', '2'), secrets.set('c', '3')]);
  await secrets.set('b', null);
  expect(await Promise.all(['a', 'b', 'c'].map((name) => secrets.get(name)))).toEqual(['1', null, '3']);
  await Promise.all([secrets.set('a', null), secrets.set('c', null)]);
  expect(existsSync(file)).toBe(false);
});

test.each([
  ['basic_text', 'linux', false],
  ['unknown', 'linux', false],
  ['kwallet6', 'linux', true],
  // The name of the backend means something on Linux only.
  ['basic_text', 'darwin', true],
  ['unknown', 'win32', true],
] as const)('%s on %s: usable %s', async (backend, platform, usable) => {
  const { file, secrets } = store(keychain(backend), platform);
  expect(await secrets.available()).toBe(usable);
  if (usable) return;
  await expect(secrets.set('endpoint', 'sk-very-secret')).rejects.toThrow(/keychain/);
  expect(existsSync(file)).toBe(false);
});

test('a key of another keychain is no key, and no error', async () => {
  const { file, secrets } = store();
  await secrets.set('endpoint', 'sk');
  const other = createSecretStore({ file, safeStorage: keychain(), platform: 'linux' });
  expect(await other.get('endpoint')).toBeNull();
});

test.each(['', '{', '[]', '{"endpoint":7}', '{"endpoint":"!!"}'])('a damaged file %j is an empty one', async (text) => {
  const { file, secrets } = store();
  writeFileSync(file, text);
  expect(await secrets.get('endpoint')).toBeNull();
  await secrets.set('endpoint', 'sk');
  expect(await secrets.get('endpoint')).toBe('sk');
});

test('a damaged entry does not take the others along', async () => {
  const { file, secrets } = store();
  await secrets.set('a', '1');
  writeFileSync(file, JSON.stringify({ ...(JSON.parse(readFileSync(file, 'utf8')) as object), b: 7 }));
  await secrets.set('c', '3');
  expect(await Promise.all(['a', 'b', 'c'].map((name) => secrets.get(name)))).toEqual(['1', null, '3']);
});

test('a file that cannot be read is no empty one', async () => {
  const { file, secrets } = store();
  // Fails for every user, root included.
  mkdirSync(file);
  await expect(secrets.get('endpoint')).rejects.toThrow(/EISDIR/);
  await expect(secrets.set('endpoint', 'sk')).rejects.toThrow(/EISDIR/);
});
