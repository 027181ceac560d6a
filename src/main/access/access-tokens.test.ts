import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../store/testing/temporary-store.ts';
import { createAccessTokens } from './access-tokens.ts';
import { accessTokenLifetimeMs } from './lifetimes.ts';
import { readOrCreateSigningKeys } from './signing-keys.ts';

const dayMs = 24 * 60 * 60 * 1000;
const start = Date.UTC(2030, 0, 1);
let at = start;
const now = () => at;
const login = { userId: 'u', organizationId: 'o', login: 'l' };

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  at = start;
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

const open = () => {
  const keys = readOrCreateSigningKeys(folder.dir, accessTokenLifetimeMs, now);
  return { keys, tokens: createAccessTokens(keys, now) };
};

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const seconds = () => Math.floor(at / 1000);
const goodHeader = (kid: string) => ({ alg: 'HS256', typ: 'at+jwt', kid });
const goodClaims = () => ({
  sub: 'u',
  org: 'o',
  sid: 'l',
  iss: 'claude-mem',
  aud: 'claude-mem-api',
  iat: seconds(),
  nbf: seconds(),
  exp: seconds() + 600,
});

function signed(header: object, claims: object, secret: Uint8Array, digest = 'sha256'): string {
  const text = `${part(header)}.${part(claims)}`;
  return `${text}.${createHmac(digest, secret).update(text).digest('base64url')}`;
}

test('a token says who, and no longer than it lives', async () => {
  const { tokens } = open();
  const token = await tokens.issue(login);
  expect(await tokens.read(token)).toEqual({ ...login, expiresAt: start + accessTokenLifetimeMs });
  at += accessTokenLifetimeMs - 1_000;
  expect(await tokens.read(token)).not.toBeNull();
  expect(await tokens.hasExpired(token)).toBe(false);
  at += 1_000;
  expect(await tokens.read(token)).toBeNull();
  expect(await tokens.hasExpired(token), 'to be renewed').toBe(true);
  expect(await tokens.hasExpired(token.slice(0, -1)), 'of a forged one nothing is told').toBe(false);
});

type Forge = (kid: string, secret: Uint8Array) => string;
const forgeries: [what: string, forge: Forge][] = [
  ['no algorithm and no signature', (kid) => `${part({ ...goodHeader(kid), alg: 'none' })}.${part(goodClaims())}.`],
  ['no algorithm, and a signature', (kid, secret) => signed({ ...goodHeader(kid), alg: 'none' }, goodClaims(), secret)],
  ['the algorithm None', (kid) => `${part({ ...goodHeader(kid), alg: 'None' })}.${part(goodClaims())}.`],
  [
    'another algorithm with our secret',
    (kid, secret) => signed({ ...goodHeader(kid), alg: 'HS512' }, goodClaims(), secret, 'sha512'),
  ],
  [
    'an asymmetric one',
    (kid) => {
      const { privateKey } = generateKeyPairSync('ed25519');
      const text = `${part({ ...goodHeader(kid), alg: 'EdDSA' })}.${part(goodClaims())}`;
      return `${text}.${sign(null, Buffer.from(text), privateKey).toString('base64url')}`;
    },
  ],
  ['another key', (kid) => signed(goodHeader(kid), goodClaims(), Buffer.alloc(32))],
  ['an empty key', (kid) => signed(goodHeader(kid), goodClaims(), Buffer.alloc(0))],
  ['a key id that is not ours', (_kid, secret) => signed(goodHeader('other'), goodClaims(), secret)],
  ['a key id that is a path', (_kid, secret) => signed(goodHeader('../../etc/passwd'), goodClaims(), secret)],
  ['no key id', (_kid, secret) => signed({ alg: 'HS256', typ: 'at+jwt' }, goodClaims(), secret)],
  [
    'a key in its own header',
    (kid) => signed({ ...goodHeader(kid), jwk: { kty: 'oct', k: 'AAAA' } }, goodClaims(), Buffer.alloc(3)),
  ],
  ['another type', (kid, secret) => signed({ ...goodHeader(kid), typ: 'JWT' }, goodClaims(), secret)],
  ['another issuer', (kid, secret) => signed(goodHeader(kid), { ...goodClaims(), iss: 'other' }, secret)],
  ['another audience', (kid, secret) => signed(goodHeader(kid), { ...goodClaims(), aud: 'other' }, secret)],
  ['no issuer', (kid, secret) => signed(goodHeader(kid), { ...goodClaims(), iss: undefined }, secret)],
  ['no expiry', (kid, secret) => signed(goodHeader(kid), { ...goodClaims(), exp: undefined }, secret)],
  [
    'an expiry that has passed',
    (kid, secret) => signed(goodHeader(kid), { ...goodClaims(), exp: seconds() - 1 }, secret),
  ],
  ['an expiry that is no number', (kid, secret) => signed(goodHeader(kid), { ...goodClaims(), exp: 'never' }, secret)],
  [
    'an expiry in a hundred years for a token of yesterday',
    (kid, secret) =>
      signed(goodHeader(kid), { ...goodClaims(), iat: seconds() - 86_400, exp: seconds() + 3e9 }, secret),
  ],
  [
    'a time that has not come',
    (kid, secret) => signed(goodHeader(kid), { ...goodClaims(), nbf: seconds() + 60 }, secret),
  ],
  ['nobody', (kid, secret) => signed(goodHeader(kid), { ...goodClaims(), sub: undefined }, secret)],
  ['a user that is no text', (kid, secret) => signed(goodHeader(kid), { ...goodClaims(), sub: { $ne: null } }, secret)],
  [
    'a critical header that nobody knows',
    (kid, secret) => signed({ ...goodHeader(kid), crit: ['exp2'], exp2: 1 }, goodClaims(), secret),
  ],
  ['a signature that was cut', (kid, secret) => signed(goodHeader(kid), goodClaims(), secret).slice(0, -4)],
  ['three empty parts', () => '..'],
  ['a million letters', () => `${'a'.repeat(1_000_000)}.b.c`],
];

// Catches: each way in which a token that this memory did not sign, or not now, could be believed.
test.each(forgeries)('a token with %s is refused', async (what, forge) => {
  const { keys, tokens } = open();
  const { id, secret } = await keys.current();
  expect(await tokens.read(signed(goodHeader(id), goodClaims(), secret)), 'the table forges well').not.toBeNull();
  expect(await tokens.read(forge(id, secret))).toBeNull();
  expect(await tokens.hasExpired(forge(id, secret))).toBe(what === 'an expiry that has passed');
});

// Catches: a rotation that logs everybody out, and one that believes an old key for ever.
test('after a rotation old tokens live out, over a restart too', async () => {
  const { keys, tokens } = open();
  const old = await tokens.issue(login);
  const { id, secret } = await keys.current();
  await Promise.all([keys.rotate(), keys.rotate()]);
  const again = open();
  expect((await again.keys.current()).id).not.toBe(id);
  expect(await again.tokens.read(old)).not.toBeNull();
  at += accessTokenLifetimeMs;
  const late = signed(goodHeader(id), goodClaims(), secret);
  expect(await again.tokens.read(late), 'the old key signs nothing new').toBeNull();
  await again.keys.rotate();
  expect(readFileSync(join(folder.dir, 'signing-keys.json'), 'utf8')).not.toContain(id);
});

test('keys are for their owner alone, come of age, and a damaged file is told', async () => {
  const { keys } = open();
  const file = join(folder.dir, 'signing-keys.json');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const { id } = await keys.current();
  at += 31 * dayMs;
  expect((await keys.current()).id).not.toBe(id);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const { writeFileSync } = await import('node:fs');
  writeFileSync(file, '{}');
  expect(open).toThrow(/is damaged. Delete it/);
});
