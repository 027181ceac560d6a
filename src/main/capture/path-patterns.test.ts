import { homedir } from 'node:os';
import { expect, test } from 'vitest';
import { createPathPatterns } from './path-patterns.ts';

// Catches: a pattern that names less than a person meant, so that what was to stay out is stored.
test.each([
  ['*.pem', '/home/me/keys/server.pem'],
  ['secrets', '/home/me/secrets/a/b.txt'],
  ['.env*', '/shop/.env.local'],
  ['/code/client', '/code/client'],
  ['/code/client', '/code/client/src/a.ts'],
  ['/code/client/', '/code/client/src/a.ts'],
  ['/code/client/**', '/code/client'],
  ['/code/*/private', '/code/shop/private/x'],
  ['/code/**/private', '/code/private/x'],
  ['/code/**/private', '/code/a/b/private'],
  ['**/private/**', '/private/x'],
  ['src/secrets', '/shop/src/secrets/a.ts'],
  ['~/notes', `${homedir()}/notes/today.md`],
  ['C:\\code\\client', 'C:/code/client/a'],
  ['/code/client', '\\code\\client\\a'],
  ['data?.json', '/x/data1.json'],
  ['客户/*', '/code/客户/文件.txt'],
  ['?.txt', '/x/𝒳.txt'],
])('%s names %s', (pattern, path) => {
  expect(createPathPatterns([pattern])(path)).toBe(true);
});

// Catches: a pattern that names more, so that work is lost silently.
test.each([
  ['*.pem', '/home/me/server.pem.txt'],
  ['secrets', '/home/me/my-secrets/a'],
  ['/code/client', '/code/client-two/a'],
  ['/code/*/private', '/code/a/b/private'],
  ['/code/client', '/home/code/client'],
  ['data?.json', '/x/data/.json'],
  ['', '/anything'],
  ['   ', '/anything'],
  ['[a-z]', '/x/b'],
])('%s does not name %s', (pattern, path) => {
  expect(createPathPatterns([pattern])(path)).toBe(false);
});

// Catches: a pattern that makes each event wait for as long as there are ways to read it.
test('many stars against a long path end, in time that does not double with each of them', () => {
  const patterns = createPathPatterns([`${'*a'.repeat(100)}b`, `/${'**/a'.repeat(60)}/b`]);
  expect(patterns(`/${'a'.repeat(2_000)}/${'a/'.repeat(500)}c`)).toBe(false);
});
