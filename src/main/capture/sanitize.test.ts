import { expect, test } from 'vitest';
import { longestHead, longestTail, sanitize, sanitizeText } from './sanitize.ts';

const key = 'AKIAIOSFODNN7EXAMPLE';

test('a large text keeps head and tail and says how much is gone', () => {
  const text = `BEGIN${'x'.repeat(1_000_000)}END`;
  const { value, elided } = sanitize({ stdout: text });
  const { stdout } = value as { stdout: string };
  expect(stdout.startsWith('BEGIN')).toBe(true);
  expect(stdout.endsWith('END')).toBe(true);
  expect(stdout).toContain(`[elided: ${text.length - longestHead - longestTail} characters]`);
  expect(elided).toBe(text.length - longestHead - longestTail);
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
  const { value } = sanitize({ files: Array.from({ length: 150 }, (_, at) => `${at} ${'y'.repeat(15_000)}`) });
  expect(JSON.stringify(value).length).toBeLessThan(250_000);
});

test('long lists keep both ends', () => {
  const { value } = sanitize(Array.from({ length: 5_000 }, (_, at) => at));
  const list = value as unknown[];
  expect(list[0]).toBe(0);
  expect(list.at(-1)).toBe(4_999);
  expect(list).toContain('[elided: 4800 items]');
});

test('keys are redacted like values, and cannot reach a prototype', () => {
  const { value } = sanitize(JSON.parse(`{"${key}": 1, "__proto__": {"polluted": true}}`));
  expect(JSON.stringify(value)).not.toContain(key);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
});

test('nesting without end, lone surrogates and what repeats the file do not pass', () => {
  let nested: unknown = 'deep';
  for (let depth = 0; depth < 2_000; depth++) nested = [nested];
  expect(JSON.stringify(sanitize(nested).value)).toContain('nested too deeply');
  expect(sanitizeText('a\uD83D b')).toBe('a\uFFFD b');
  expect(sanitize({ originalFile: 'old', filePath: '/a' }).value).toEqual({ filePath: '/a' });
});

test('what was read from an env file loses its values', () => {
  const { value } = sanitize({ file: { content: 'PORT=3000\nNAME=shop\n' } }, '/shop/.env');
  expect(JSON.stringify(value)).not.toMatch(/3000|=shop/);
});
