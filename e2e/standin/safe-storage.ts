import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** What Chromium writes before what it encrypted with a key of the keyring. */
const prefix = Buffer.from('v11');
const [nonceBytes, tagBytes] = [12, 16];

/**
 * The keyring's key, in the file that STANDIN_KEYCHAIN names; null without it, as on a Linux without a keyring, where Electron
 * chooses `basic_text` and does not encrypt unless it is told to.
 */
function keyringKey(): Buffer | null {
  const file = process.env['STANDIN_KEYCHAIN'];
  if (!file) return null;
  if (!existsSync(file)) writeFileSync(file, randomBytes(32), { mode: 0o600 });
  return readFileSync(file);
}

function requireKey(): Buffer {
  const key = keyringKey();
  if (key === null) throw new Error('Encryption is not available.');
  return key;
}

export const safeStorageParts: Partial<Electron.SafeStorage> = {
  getSelectedStorageBackend: () => (keyringKey() === null ? 'basic_text' : 'gnome_libsecret'),
  isAsyncEncryptionAvailable: () => Promise.resolve(keyringKey() !== null),
  encryptStringAsync: async (plainText) => {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', requireKey(), nonce);
    const encrypted = Buffer.concat([cipher.update(plainText, 'utf8'), cipher.final()]);
    return Promise.resolve(Buffer.concat([prefix, nonce, cipher.getAuthTag(), encrypted]));
  },
  decryptStringAsync: async (encrypted) => {
    if (!encrypted.subarray(0, prefix.length).equals(prefix)) throw new Error('Error while decrypting the ciphertext.');
    const body = encrypted.subarray(prefix.length);
    const cipher = createDecipheriv('aes-256-gcm', requireKey(), body.subarray(0, nonceBytes));
    cipher.setAuthTag(body.subarray(nonceBytes, nonceBytes + tagBytes));
    const result = Buffer.concat([cipher.update(body.subarray(nonceBytes + tagBytes)), cipher.final()]).toString(
      'utf8',
    );
    return Promise.resolve({ result, shouldReEncrypt: false });
  },
};
