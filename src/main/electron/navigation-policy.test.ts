import { expect, test } from 'vitest';
import { externalTarget, mayNavigate, mayRequest } from './navigation-policy.ts';

test.each(['app://window/index.html', 'app://window/index.html#/status'])('a page may go to %s', (url) => {
  expect(mayNavigate(url)).toBe(true);
  expect(mayRequest(url)).toBe(true);
});

// Catches: a page that leaves for the web, for a file or for the worker's own port.
test.each([
  'https://example.com/',
  'http://127.0.0.1:37700/',
  'file:///etc/passwd',
  'app://other/index.html',
  'javascript:alert(1)',
  'data:text/html,<script>1</script>',
  'blob:app://window/1',
  'about:blank',
  'chrome://gpu',
  'not an address',
  '',
])('a page may not go to %s', (url) => {
  expect(mayNavigate(url)).toBe(false);
});

test.each([
  'https://example.com/',
  'http://127.0.0.1:37700/trpc',
  'ws://127.0.0.1/',
  'file:///etc/passwd',
  'app://x/',
  '',
])('a page may not ask %s', (url) => {
  expect(mayRequest(url)).toBe(false);
});

test.each([
  ['https://example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
  ['HTTPS://EXAMPLE.com', 'https://example.com/'],
  ['mailto:hello@example.com?subject=Hi', 'mailto:hello@example.com?subject=Hi'],
])('%s opens outside', (url, target) => {
  expect(externalTarget(url)).toBe(target);
});

// Catches: a link that starts a program, shows a file, leaks a password or hides where it leads.
test.each([
  'http://example.com/',
  'file:///etc/passwd',
  'smb://host/share',
  'javascript:alert(1)',
  'vscode://file/etc/passwd',
  'ms-msdt:/id',
  'app://window/index.html',
  'https://user:secret@example.com/',
  'https://accounts.example.com@evil.example/',
  ' https://',
  `https://example.com/${'a'.repeat(3000)}`,
  '--help',
  '',
])('%s stays inside', (url) => {
  expect(externalTarget(url)).toBeNull();
});
