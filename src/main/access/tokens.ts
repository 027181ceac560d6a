import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { constants, copyFileSync, existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `owner` may do everything; `capture` may only post hooks and read the context that they are answered with. */
export type TokenName = 'owner' | 'capture';

const prefixes: Record<TokenName, string> = { owner: 'cmo_', capture: 'cmc_' };

/** The token in `<dataDir>/<name>.token`; made with mode 0600 when it is not there. Throws when the folder cannot be written. */
export function readOrCreateToken(dataDir: string, name: TokenName): string {
  const file = join(dataDir, `${name}.token`);
  if (!existsSync(file)) makeToken(file, prefixes[name]);
  const token = readFileSync(file, 'utf8').trim();
  if (token.length < 20) {
    throw new Error(
      `The token file ${file} is empty or damaged. Delete it, start again, and install the hooks once more.`,
    );
  }
  return token;
}

/** Whoever finds the file finds the whole token in it: several programs may come to a new folder at once. */
function makeToken(file: string, prefix: string): void {
  const draft = `${file}.${process.pid}-${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(draft, `${prefix}${randomBytes(32).toString('base64url')}\n`, {
      mode: 0o600,
      flag: 'wx',
      flush: true,
    });
    linkSync(draft, file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'EEXIST') return;
    if (!existsSync(draft)) throw error;
    // A file system without hard links.
    copyUnlessThere(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}

function copyUnlessThere(from: string, to: string): void {
  try {
    copyFileSync(from, to, constants.COPYFILE_EXCL);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
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
