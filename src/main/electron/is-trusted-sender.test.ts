import { expect, test } from 'vitest';
import { isTrustedSender } from './is-trusted-sender.ts';

test('the top frame of the own page is trusted', () => {
  expect(isTrustedSender({ url: 'app://window/index.html#/search?q=1', parent: null })).toBe(true);
});

// Catches: prefix comparisons, forgotten frames, trust in what cannot be known any more.
test.each([
  ['no frame', null],
  ['an undefined frame', undefined],
  ['a frame inside the page', { url: 'app://window/index.html', parent: { url: 'app://window/index.html' } }],
  ['a frame whose parent is not known', { url: 'app://window/index.html', parent: undefined }],
  ['an empty frame', { url: '', parent: null }],
  ['a blank page', { url: 'about:blank', parent: null }],
  ['a longer host', { url: 'app://window.evil/index.html', parent: null }],
  ['the host as a user', { url: 'app://window@evil/index.html', parent: null }],
  ['a user at the host', { url: 'app://evil@window/index.html', parent: null }],
  ['the host with a port', { url: 'app://window:80/index.html', parent: null }],
  ['the host in the path', { url: 'app://evil/window', parent: null }],
  ['a longer scheme', { url: 'app2://window/index.html', parent: null }],
  ['the scheme in a path', { url: 'https://evil/app://window/', parent: null }],
  ['the web', { url: 'http://window/index.html', parent: null }],
  ['a file', { url: 'file:///window/index.html', parent: null }],
  ['a data document', { url: 'data:text/html,app://window/', parent: null }],
  ['no address at all', { url: 'app://', parent: null }],
])('%s is refused', (_name, frame) => {
  expect(isTrustedSender(frame)).toBe(false);
});
