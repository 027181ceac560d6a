import { createHash } from 'node:crypto';
import { TRPCError } from '@trpc/server';
import type { SecretStore } from '../embed/secret-store.ts';
import { sendableKey } from '../../shared/embedding-views.ts';

/** Where settings say that the key of an endpoint is. */
export interface KeySettings {
  key_source: 'none' | 'environment' | 'keychain';
  key_variable: string | null;
}

/** There is no key where the settings say that one is, or it cannot be sent. */
export class KeyError extends Error {
  readonly code: 'NO_KEY' | 'REFUSED';
  constructor(code: KeyError['code'], message: string) {
    super(message);
    this.name = 'KeyError';
    this.code = code;
  }
}

export interface EndpointKeys {
  /** `tried` goes before the one that is kept. Null when none is to be sent; rejects with `KeyError`. */
  read(settings: KeySettings, baseUrl: string, tried?: string): Promise<string | null>;
  /** Puts a key into the keychain, or forgets it for null; undefined leaves it. Rejects with what a person has to change. */
  keep(settings: KeySettings, baseUrl: string, key: string | null | undefined): Promise<void>;
}

/** Keys of endpoints of one use. Each endpoint has its own, so that none is sent another's. */
export function createEndpointKeys(
  use: 'embedding' | 'model',
  { secrets, env }: { secrets: SecretStore; env: Readonly<Record<string, string | undefined>> },
): EndpointKeys {
  function nameOf(baseUrl: string): string {
    const origin = URL.parse(baseUrl)?.origin ?? '';
    return `${use}-${createHash('sha256').update(origin).digest('hex').slice(0, 16)}`;
  }

  async function kept({ key_source: source, key_variable: variable }: KeySettings, baseUrl: string) {
    if (source === 'none') return null;
    if (source === 'environment') {
      const value = env[variable ?? '']?.trim();
      if (value) return value;
      throw new KeyError(
        'NO_KEY',
        `The environment variable ${variable ?? ''} is not set where the memory was started.`,
      );
    }
    const value = (await secrets.get(nameOf(baseUrl)).catch(unreadable))?.trim();
    if (value) return value;
    throw new KeyError('NO_KEY', 'The keychain holds none for this endpoint.');
  }

  return {
    read: async (settings, baseUrl, tried) => sendable(tried?.trim() || (await kept(settings, baseUrl))),
    async keep(settings, baseUrl, key) {
      const wantsKeychain = settings.key_source === 'keychain';
      const hasKeychain = await secrets.available();
      if (wantsKeychain && !hasKeychain) {
        throw new TRPCError({
          code: 'PRECONDITION_FAILED',
          message:
            'There is no keychain here that could keep the key. Put it into an environment variable and name that one.',
        });
      }
      if (typeof key === 'string' && !wantsKeychain) {
        throw new TRPCError({ code: 'BAD_REQUEST', message: 'A key is only kept when the keychain is chosen for it.' });
      }
      if (key !== undefined && hasKeychain) await secrets.set(nameOf(baseUrl), key);
    },
  };
}

function unreadable(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
  throw new KeyError('NO_KEY', `The file of keys cannot be read${code}.`);
}

/** A key with other characters never leaves here, and would look like an endpoint that cannot be reached. */
function sendable(key: string | null): string | null {
  if (key === null || sendableKey.test(key)) return key;
  throw new KeyError('REFUSED', 'The key has characters that cannot be sent in a header; copy it again.');
}
