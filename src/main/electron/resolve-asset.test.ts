import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { contentTypeOf, resolveAsset } from './resolve-asset.ts';

const root = resolve('/opt/app/out/renderer');

test.each([
  ['app://window/', 'index.html'],
  ['app://window', 'index.html'],
  ['app://window/index.html?x=1#/search', 'index.html'],
  ['app://window/assets/main-1a2b.js', 'assets/main-1a2b.js'],
  ['app://window/assets/a%20b.js', 'assets/a b.js'],
  ['app://window/a/../index.html', 'index.html'],
])('%s is a file of the window', (url, file) => {
  expect(resolveAsset(root, url)).toBe(resolve(root, file));
});

// Catches: reading any file of the person's disk through the window's scheme.
test.each([
  'app://window/..%2f..%2f..%2fetc%2fpasswd',
  'app://window/%2e%2e%2f%2e%2e%2fmain%2findex.js',
  'app://window/%2e%2e%2frenderer-other/index.html',
  'app://window/..%5c..%5cmain%5cindex.js',
  'app://window/a%5c..%5c..%5cindex.js',
  'app://window/index.html%00.png',
  'app://window/%E0%A4%A',
  'app://window/.',
  'app://window/..',
  'no address',
])('%s is none', (url) => {
  const file = resolveAsset(root, url);
  // `/.` and `/..` are the root itself to a URL, which is the index file.
  expect(file === null || file === resolve(root, 'index.html')).toBe(true);
});

test('a leading second slash stays below the root', () => {
  expect(resolveAsset(root, 'app://window//etc/passwd')).toBe(resolve(root, 'etc/passwd'));
});

// Catches: a module script without its type, which `nosniff` then refuses to run.
test.each([
  ['a/main.js', 'text/javascript; charset=utf-8'],
  ['a/STYLE.CSS', 'text/css; charset=utf-8'],
  ['a/inter.woff2', 'font/woff2'],
  ['a/unknown.bin', 'application/octet-stream'],
])('%s is sent as %s', (file, type) => {
  expect(contentTypeOf(file)).toBe(type);
});
