import { chmod, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { z } from 'zod';
import type { SecretStore } from '../embed/secret-store.ts';

export interface SecretStoreParts {
  /** Holds what the system's keychain encrypted; useless without it. */
  file: string;
  safeStorage: Pick<
    Electron.SafeStorage,
    'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
  >;
  platform: NodeJS.Platform;
}

const secretsFile = z.record(z.string(), z.base64());

/** Secrets in a file of the data folder, encrypted with a key of the system's keychain; to be used once the app is ready. */
export function createSecretStore({ file, safeStorage, platform }: SecretStoreParts): SecretStore {
  let writing: Promise<void> = Promise.resolve();

  async function available(): Promise<boolean> {
    // Without a keyring Chromium encrypts with a password that everybody knows.
    const isPlain = platform === 'linux' && /^(?:basic_text|unknown)$/.test(safeStorage.getSelectedStorageBackend());
    return !isPlain && (await safeStorage.isAsyncEncryptionAvailable().catch(() => false));
  }

  async function read(): Promise<Map<string, string>> {
    const text = await readFile(file, 'utf8').catch(() => '{}');
    const parsed = secretsFile.safeParse(parseJson(text));
    return new Map(parsed.success ? Object.entries(parsed.data) : []);
  }

  async function change(name: string, value: string | null): Promise<void> {
    const secrets = await read();
    if (value === null) secrets.delete(name);
    else secrets.set(name, (await safeStorage.encryptStringAsync(value)).toString('base64'));
    if (secrets.size === 0) return rm(file, { force: true });
    const next = `${file}.new`;
    await writeFile(next, `${JSON.stringify(Object.fromEntries(secrets))}\n`, { mode: 0o600 });
    // The mode above holds only for a file that was not there.
    await chmod(next, 0o600);
    await rename(next, file);
  }

  return {
    available,
    async get(name) {
      const kept = (await read()).get(name);
      if (kept === undefined || !(await available())) return null;
      try {
        return (await safeStorage.decryptStringAsync(Buffer.from(kept, 'base64'))).result;
      } catch {
        // Another user's keychain, or one that was reset, cannot read it: it has to be entered again.
        return null;
      }
    },
    async set(name, value) {
      if (value !== null && !(await available())) throw new Error('The keychain of this system cannot be used.');
      const done = writing.then(() => change(name, value));
      writing = done.catch(() => undefined);
      return done;
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
