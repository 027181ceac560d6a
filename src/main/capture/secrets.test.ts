import { expect, test } from 'vitest';
import { dropPrivate, isEnvFile, redactEnvFile, redactSecrets } from './secrets.ts';

/** Joined at run time, so that no scanner takes this file for a leak. */
const join = (...parts: string[]) => parts.join('');
const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

const secrets: [kind: string, text: string, secret: string][] = [
  [
    'anthropic_key',
    'key sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789，请',
    'sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789',
  ],
  ['aws_key_id', '密钥是 AKIAIOSFODNN7EXAMPLE 和', 'AKIAIOSFODNN7EXAMPLE'],
  ['openai_key', join('OPENAI=', 'sk-', 'proj-', letters), join('sk-', 'proj-', letters)],
  ['github_token', join('remote gh', 'p_', letters.slice(0, 36)), join('gh', 'p_', letters.slice(0, 36))],
  ['github_token', join('github', '_pat_', letters.slice(0, 40)), join('github', '_pat_', letters.slice(0, 40))],
  ['gitlab_token', join('gl', 'pat-', letters.slice(0, 20)), letters.slice(0, 20)],
  ['slack_token', join('xo', 'xb-123456789012-', letters.slice(0, 12)), letters.slice(0, 12)],
  ['google_key', join('AI', 'za', letters.slice(0, 35)), join('AI', 'za', letters.slice(0, 35))],
  ['stripe_key', join('sk', '_live_', letters.slice(0, 24)), letters.slice(0, 24)],
  ['npm_token', join('np', 'm_', letters.slice(0, 36)), letters.slice(0, 36)],
  ['jwt', join('ey', 'JhbGciOiJIUzI1NiJ9.ey', 'JzdWIiOiIxMjM0NTY3ODkwIn0.', letters), letters],
  ['password', 'postgres://shop:hunter2secret@db.internal:5432/shop', 'hunter2secret'],
  ['authorization', 'curl -H "Authorization: Bearer abc123def456ghi789"', 'abc123def456ghi789'],
  ['env_value', 'export DATABASE_PASSWORD=correct-horse-battery', 'correct-horse-battery'],
  ['env_value', "STRIPE_SECRET_KEY='r4nd0mv4lue99'", 'r4nd0mv4lue99'],
  ['secret', '{"client_secret": "a1b2c3d4e5f6"}', 'a1b2c3d4e5f6'],
  ['secret', `const password = 'Tr0ub4dor&3x';`, 'Tr0ub4dor&3x'],
  ['private_key', '-----BEGIN RSA PRIVATE KEY-----\nMIIEow\nIBAAKC\n-----END RSA PRIVATE KEY-----', 'MIIEow'],
  ['private_key', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk', 'b3BlbnNzaC1rZXk'],
];

test.each(secrets)('%s is redacted in %s', (kind, text, secret) => {
  const clean = redactSecrets(text);
  expect(clean).not.toContain(secret);
  expect(clean).toContain(`[REDACTED:${kind}]`);
  expect(redactSecrets(clean), 'a second pass changes nothing').toBe(clean);
});

const harmless = [
  'The password field is validated before the token is refreshed.',
  'const token = await getToken(user);',
  'if (password.length < 8) throw new Error("too short");',
  'PASSWORD_MIN_LENGTH=8',
  'const apiKey = process.env.API_KEY;',
  'https://example.com/path?x=1#section',
  'git@github.com:shop/api.git',
  'sk-learn is a library; task-1 is done',
  'commit 3f2a9c1d8e7b6a5f4c3d2e1f0a9b8c7d6e5f4a3b',
  '登录接口的密钥轮换说明',
];

test.each(harmless)('%s stays as it is', (text) => {
  expect(redactSecrets(text)).toBe(text);
});

test('hostile text does not make a pattern slow: a megabyte of near misses is done at once', () => {
  const near = [
    'sk-',
    'KEY=',
    'eyJ.',
    'eyJ-',
    'eyJaaaaaaaaaa.',
    '://a:',
    '-----BEGIN PRIVATE KEY',
    'password="',
    "secret: '",
  ].map((part) => part.repeat(20_000));
  for (const text of near) redactSecrets(text);
});

test('private blocks go, tags included; an unclosed one hides all that follows', () => {
  expect(dropPrivate('a <private>客户名单在 /srv/customers.csv</private> b <PRIVATE>x</PRIVATE>')).toBe('a  b ');
  expect(dropPrivate('a <private>never closed')).toBe('a ');
  expect(dropPrivate('a </private> b')).toBe('a </private> b');
  expect(dropPrivate('a <private>x <private>y</private> GEHEIM</private> b')).toBe('a  b');
  expect(dropPrivate('a < Private reason="x">y</ private > b')).toBe('a  b');
});

test('every value of an env file goes, comments and names stay', () => {
  expect(redactEnvFile('# shop\nPORT=3000\nexport NAME = "x y"\nEMPTY=\n')).toBe(
    '# shop\nPORT=[REDACTED:env_value]\nexport NAME = [REDACTED:env_value]\nEMPTY=\n',
  );
  expect(redactEnvFile('1→db_pass=geheim\n     2\tX=y\n')).toBe(
    '1→db_pass=[REDACTED:env_value]\n     2\tX=[REDACTED:env_value]\n',
  );
  expect(redactEnvFile('K="line one\nline two"\nAFTER=1\n')).toBe(
    'K=[REDACTED:env_value]\nAFTER=[REDACTED:env_value]\n',
  );
});

test.each([
  ['/shop/.env', true],
  ['/shop/.env.production', true],
  ['C:\\shop\\prod.env', true],
  ['/shop/.env.example', false],
  ['/shop/environment.ts', false],
])('%s is an env file: %s', (path, expected) => {
  expect(isEnvFile(path)).toBe(expected);
});
