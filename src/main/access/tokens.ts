import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** `owner` may do everything; `capture` may only post hooks and read the context that they are answered with. */
export type TokenName = 'owner' | 'capture';

const prefixes: Record<TokenName, string> = { owner: 'cmo_', capture: 'cmc_' };

/** The token in `<dataDir>/<name>.token`; made with mode 0600 when it is not there. Throws when the folder cannot be written. */
export function readOrCreateToken(dataDir: string, name: TokenName): string {
  const file = join(dataDir, `${name}.token`);
  try {
    // 'wx' refuses an existing file, so that two processes cannot both make one.
    const handle = openSync(file, 'wx', 0o600);
    const token = prefixes[name] + randomBytes(32).toString('base64url');
    writeSync(handle, `${token}\n`);
    fsyncSync(handle);
    closeSync(handle);
    return token;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const token = readFileSync(file, 'utf8').trim();
  if (token.length < 20) {
    throw new Error(
      `The token file ${file} is empty or damaged. Delete it, start again, and install the hooks once more.`,
    );
  }
  return token;
}

/** Compares in constant time for equal lengths. */
export function tokensEqual(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}

/** What only a holder of the token can answer to a challenge: HMAC-SHA-256, in hexadecimal. The token itself stays unsaid. */
export function proofOf(token: string, challenge: string): string {
  return createHmac('sha256', token).update(challenge).digest('hex');
}
