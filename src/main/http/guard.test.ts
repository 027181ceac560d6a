import { expect, test } from 'vitest';
import { bearerToken, createGuard, sentToken, showsToken } from './guard.ts';

const port = 37_700;
const guard = createGuard({ port: () => port });

test.each([
  ['127.0.0.1:37700', undefined],
  ['localhost:37700', undefined],
  ['LOCALHOST:37700', undefined],
  ['[::1]:37700', undefined],
  ['127.0.0.1:37700', 'http://127.0.0.1:37700'],
  ['localhost:37700', 'http://localhost:37700'],
])('Host %s with Origin %s may go on', (host, origin) => {
  expect(guard({ host, origin })).toBeNull();
});

test.each([
  [undefined, undefined, 'HOST_NOT_ALLOWED'],
  ['', undefined, 'HOST_NOT_ALLOWED'],
  ['evil.example', undefined, 'HOST_NOT_ALLOWED'],
  ['evil.example:37700', undefined, 'HOST_NOT_ALLOWED'],
  ['127.0.0.1', undefined, 'HOST_NOT_ALLOWED'],
  ['127.0.0.1:80', undefined, 'HOST_NOT_ALLOWED'],
  ['127.0.0.1:37700.evil.example', undefined, 'HOST_NOT_ALLOWED'],
  ['127.0.0.1:37700@evil.example', undefined, 'HOST_NOT_ALLOWED'],
  ['127.0.0.1:37700', 'null', 'ORIGIN_NOT_ALLOWED'],
  ['127.0.0.1:37700', 'https://127.0.0.1:37700', 'ORIGIN_NOT_ALLOWED'],
  ['127.0.0.1:37700', 'http://127.0.0.1:5173', 'ORIGIN_NOT_ALLOWED'],
  ['127.0.0.1:37700', 'http://127.0.0.1:37700.evil.example', 'ORIGIN_NOT_ALLOWED'],
  ['127.0.0.1:37700', 'http://evil.example/?http://127.0.0.1:37700', 'ORIGIN_NOT_ALLOWED'],
  ['127.0.0.1:37700', '', 'ORIGIN_NOT_ALLOWED'],
])('Host %s with Origin %s is refused with %s', (host, origin, code) => {
  expect(guard({ host, origin })).toMatchObject({ status: 403, code });
});

test.each([
  ['Bearer abc', 'abc'],
  ['bearer  abc ', 'abc'],
  ['Basic abc', null],
  ['Bearer', null],
  ['Bearer a b', null],
  [undefined, null],
])('the token of %s is %s', (header, token) => {
  expect(bearerToken(header)).toBe(token);
});

const open = createGuard({
  port: () => port,
  outside: { port: () => 8443, hosts: ['memory.example', 'Forwarded.example:443'] },
  origins: ['https://app.example'],
});

// Catches: a name that the TLS door may be called by opening the other one, where a page could reach it by DNS rebinding.
test.each([
  ['memory.example:8443', undefined, true, null],
  ['forwarded.example:443', undefined, true, null],
  ['memory.example:8443', 'https://memory.example:8443', true, null],
  ['127.0.0.1:8443', undefined, true, null],
  ['127.0.0.1:37700', 'https://app.example', false, null],
  ['memory.example:8443', 'https://app.example', true, null],
  ['memory.example', undefined, true, 'HOST_NOT_ALLOWED'],
  ['memory.example:37700', undefined, true, 'HOST_NOT_ALLOWED'],
  ['memory.example:37700', undefined, false, 'HOST_NOT_ALLOWED'],
  ['memory.example:8443', undefined, false, 'HOST_NOT_ALLOWED'],
  ['127.0.0.1:37700', undefined, true, 'HOST_NOT_ALLOWED'],
  ['other.example:8443', undefined, true, 'HOST_NOT_ALLOWED'],
  ['memory.example:8443', 'http://memory.example:8443', true, 'ORIGIN_NOT_ALLOWED'],
  ['memory.example:8443', 'https://app.example.evil.example', true, 'ORIGIN_NOT_ALLOWED'],
  ['127.0.0.1:37700', 'https://APP.example', false, 'ORIGIN_NOT_ALLOWED'],
  ['127.0.0.1:37700', 'http://app.example', false, 'ORIGIN_NOT_ALLOWED'],
])('with names and origins of others, Host %s, Origin %s, TLS %s: %s', (host, origin, isSecure, code) => {
  expect(open({ host, origin, isSecure })?.code ?? null).toBe(code);
});

test.each([
  [{ authorization: 'Bearer a', 'x-api-key': 'b' }, 'a'],
  [{ 'x-api-key': 'cmk_b' }, 'cmk_b'],
  [{ authorization: 'Basic a', 'x-api-key': 'b' }, null],
  [{ 'x-api-key': 'a b' }, null],
  [{ 'x-api-key': '' }, null],
  [{ 'x-api-key': ['a', 'b'] }, null],
  [{}, null],
])('%j shows %s', (headers, token) => {
  expect(sentToken(headers)).toBe(token);
});

// Catches: a client that cannot tell a token that is no good from one that it forgot to send.
test.each([
  [{ authorization: 'Bearer abc' }, true],
  [{ authorization: 'Bearer a b' }, true],
  [{ 'x-api-key': 'a b' }, true],
  [{ 'x-api-key': ['a', 'b'] }, true],
  [{ authorization: 'Bearer' }, false],
  [{ authorization: 'Basic abc', 'x-api-key': 'b' }, false],
  [{ 'x-api-key': '' }, false],
  [{}, false],
])('%j was meant for a token: %s', (headers, isShown) => {
  expect(showsToken(headers)).toBe(isShown);
});
