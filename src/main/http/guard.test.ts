import { expect, test } from 'vitest';
import { bearerToken, refuse } from './guard.ts';

const port = 37_700;

test.each([
  ['127.0.0.1:37700', undefined],
  ['localhost:37700', undefined],
  ['LOCALHOST:37700', undefined],
  ['[::1]:37700', undefined],
  ['127.0.0.1:37700', 'http://127.0.0.1:37700'],
  ['localhost:37700', 'http://localhost:37700'],
])('Host %s with Origin %s may go on', (host, origin) => {
  expect(refuse({ host, origin, port })).toBeNull();
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
  expect(refuse({ host, origin, port })).toMatchObject({ status: 403, code });
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
