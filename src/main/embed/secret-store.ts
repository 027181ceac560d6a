/** Where a key is kept that is too secret for the database: the system's keychain, where there is one. */
export interface SecretStore {
  /** Whether the system keeps keys so that only this user can read them. */
  available(): Promise<boolean>;
  /** Null when there is none, or when it can no longer be read. */
  get(name: string): Promise<string | null>;
  /** `null` forgets it. Rejects when there is no keychain. */
  set(name: string, value: string | null): Promise<void>;
}

/** Headless: there is no keychain that asks nobody for a password. */
export const noSecretStore: SecretStore = {
  available: () => Promise.resolve(false),
  get: () => Promise.resolve(null),
  set: () => Promise.reject(new Error('There is no keychain here; put the key into an environment variable.')),
};
