import { expect, test } from 'vitest';
import { longestHead, longestTail, sanitize, sanitizeText } from './sanitize.ts';

const key = 'AKIAIOSFODNN7EXAMPLE';

test('a large text keeps head and tail and says how much is gone', () => {
  const text = `BEGIN${'x'.repeat(1_000_000)}END`;
  const { stdout } = sanitize({ stdout: text }) as { stdout: string };
  expect(stdout.startsWith('BEGIN')).toBe(true);
  expect(stdout.endsWith('END')).toBe(true);
  expect(stdout).toContain(`[elided: ${text.length - longestHead - longestTail} characters]`);
  expect(stdout.length).toBeLessThan(longestHead + longestTail + 100);
});

test.each([longestHead - 10, longestHead - 1, longestHead, 100_000 - longestTail - 10, 100_000 - longestTail])(
  'a key that lies across a cut (at %i) leaves no half of itself',
  (position) => {
    const text = `${'-'.repeat(position)} ${key} ${'-'.repeat(100_000 - position)}`;
    expect(sanitizeText(text)).not.toMatch(/AKIA|EXAMPLE/);
  },
);

test('a private block that opens before the cut and closes after it is gone as a whole', () => {
  const text = `${'a'.repeat(longestHead - 5)}<private>${'s'.repeat(50_000)}</private>${'b'.repeat(50_000)}`;
  expect(sanitizeText(text)).not.toContain('ss');
});

test('many large texts in one event are bounded together', () => {
  const value = sanitize({ files: Array.from({ length: 150 }, (_, at) => `${at} ${'y'.repeat(15_000)}`) });
  expect(JSON.stringify(value).length).toBeLessThan(250_000);
});

test('long lists keep both ends', () => {
  const value = sanitize(Array.from({ length: 5_000 }, (_, at) => at));
  const list = value as unknown[];
  expect(list[0]).toBe(0);
  expect(list.at(-1)).toBe(4_999);
  expect(list).toContain('[elided: 4800 items]');
});

test('keys are redacted like values, and cannot reach a prototype', () => {
  const value = sanitize(JSON.parse(`{"${key}": 1, "__proto__": {"polluted": true}}`));
  expect(JSON.stringify(value)).not.toContain(key);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
});

test('nesting without end, lone surrogates and what repeats the file do not pass', () => {
  let nested: unknown = 'deep';
  for (let depth = 0; depth < 2_000; depth++) nested = [nested];
  expect(JSON.stringify(sanitize(nested))).toContain('nested too deeply');
  expect(sanitizeText('a\uD83D b')).toBe('a\uFFFD b');
  expect(sanitize({ originalFile: 'old', filePath: '/a' })).toEqual({ filePath: '/a' });
});

test('what was read from an env file loses its values', () => {
  const value = sanitize({ file: { content: 'PORT=3000\nNAME=shop\n' } }, '/shop/.env');
  expect(JSON.stringify(value)).not.toMatch(/3000|=shop/);
});

test.each([0, 3_000, 11_900, 96_000])(
  'half a key before a private key at %i does not come through the cut',
  (position) => {
    const token = `sk-ant-api03-${'a1B2'.repeat(30)}`;
    const pem = `-----BEGIN PRIVATE KEY-----\n${'M'.repeat(5_000)}\n-----END PRIVATE KEY-----`;
    const text = `${'x '.repeat(position / 2)}${token} ${pem} ${'y '.repeat(6_000)}${token} ${pem} ${'z '.repeat(900)}`;
    expect(sanitizeText(text)).not.toMatch(/a1B2|MMMM/);
  },
);

test('objects of many fields and lists in lists are bounded like long texts', () => {
  const wide = sanitize(Object.fromEntries(Array.from({ length: 400_000 }, (_, at) => [`key${at}`, at])));
  expect(JSON.stringify(wide).length).toBeLessThan(20_000);
  const row = Array.from({ length: 150 }, () => 1);
  const deep = sanitize(Array.from({ length: 150 }, () => Array.from({ length: 150 }, () => row)));
  expect(JSON.stringify(deep).length).toBeLessThan(400_000);
});

test('an env file that holds a key over several lines keeps none of it', () => {
  const content = `PRIVATE_KEY="-----BEGIN PRIVATE KEY-----\n${'TUlJ'.repeat(20)}\n-----END PRIVATE KEY-----"\nPORT=1`;
  expect(JSON.stringify(sanitize({ content }, '/shop/.env'))).not.toMatch(/TUlJ|PORT=1/);
});

test('a NUL is dropped, for SQLite ends a text at it', () => {
  expect(sanitizeText('before\u0000after')).toBe('beforeafter');
});
