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

const secretsFile = z.record(z.string(), z.unknown());
const secret = z.base64();

/** Secrets in a file of the data folder, encrypted with a key of the system's keychain; to be used once the app is ready. */
export function createSecretStore({ file, safeStorage, platform }: SecretStoreParts): SecretStore {
  let writing: Promise<void> = Promise.resolve();

  async function available(): Promise<boolean> {
    // Without a keyring Chromium encrypts with a password that everybody knows.
    const isPlain = platform === 'linux' && /^(?:basic_text|unknown)$/.test(safeStorage.getSelectedStorageBackend());
    return !isPlain && (await safeStorage.isAsyncEncryptionAvailable().catch(() => false));
  }

  async function read(): Promise<Map<string, string>> {
    const parsed = secretsFile.safeParse(parseJson(await readText(file)));
    const secrets = new Map<string, string>();
    // One by one: a damaged entry must not take the others along at the next change.
    for (const [name, value] of Object.entries(parsed.data ?? {})) {
      const { data } = secret.safeParse(value);
      if (data !== undefined) secrets.set(name, data);
    }
    return secrets;
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

/** Only a file that is not there is an empty one: what cannot be read now may be read later, and must not be written over. */
async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '{}';
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
