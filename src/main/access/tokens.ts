import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { constants, copyFileSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `owner` may do everything; `capture` may only post hooks and read the context that they are answered with. */
export type TokenName = 'owner' | 'capture';

const prefixes: Record<TokenName, string> = { owner: 'cmo_', capture: 'cmc_' };

/** The token in `<dataDir>/<name>.token`; made with mode 0600 when it is not there. Throws when the folder cannot be written. */
export function readOrCreateToken(dataDir: string, name: TokenName): string {
  const file = join(dataDir, `${name}.token`);
  const token = readToken(file) ?? makeToken(file, prefixes[name]);
  if (token.length < 20) {
    throw new Error(
      `The token file ${file} is empty or damaged. Delete it, start again, and install the hooks once more.`,
    );
  }
  return token;
}

/** Null when there is no such file. */
function readToken(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Whoever finds the file finds the whole token in it: several programs may come to a new folder at once. Answers the token of the
 * one that was first.
 */
function makeToken(file: string, prefix: string): string {
  const token = prefix + randomBytes(32).toString('base64url');
  const draft = `${file}.${process.pid}-${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, `${token}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(draft, file);
  } catch (error) {
    // A file system without hard links takes a copy, which others may see half made for a moment.
    if (codeOf(error) !== 'EEXIST') copyUnlessThere(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
  return readToken(file) ?? token;
}

function copyUnlessThere(from: string, to: string): void {
  try {
    copyFileSync(from, to, constants.COPYFILE_EXCL);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : null;
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
