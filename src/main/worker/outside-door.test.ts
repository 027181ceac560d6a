import { expect, test } from 'vitest';
import { assertMayOpen, outsideUrlOf } from './outside-door.ts';

const doors = (host: string, outsideHost: string | null, size: number, hosts: string[] = []) =>
  [
    {
      host,
      outside: outsideHost === null ? undefined : { host: outsideHost, port: 0, hosts, certFile: 'c', keyFile: 'k' },
    },
    { directory: { size: () => size } },
  ] as const;

// Catches: a memory that other machines reach without TLS, or in which nobody but the owner could log in.
test.each([
  ['127.0.0.1', null, 0, null],
  ['localhost', null, 0, null],
  ['127.0.0.1', '127.0.0.1', 0, null],
  ['127.0.0.1', '0.0.0.0', 1, null],
  ['127.0.0.1', '192.168.1.5', 1, null],
  ['0.0.0.0', null, 9, 'TLS_REQUIRED'],
  ['::', null, 9, 'TLS_REQUIRED'],
  ['192.168.1.5', null, 9, 'TLS_REQUIRED'],
  ['127.0.0.1.evil.example', null, 9, 'TLS_REQUIRED'],
  ['', null, 9, 'TLS_REQUIRED'],
  ['127.0.0.1', '0.0.0.0', 0, 'LOGIN_REQUIRED'],
  ['127.0.0.1', '::', 0, 'LOGIN_REQUIRED'],
])('on %s, with TLS on %s, with %i logins: %s', (host, outside, size, code) => {
  const [options, access] = doors(host, outside, size);
  const act = () => assertMayOpen(options, access);
  if (code === null) expect(act).not.toThrow();
  else expect(act).toThrow(expect.objectContaining({ code }));
});

test.each([
  ['0.0.0.0', [], 'https://127.0.0.1:8443'],
  ['192.168.1.5', [], 'https://192.168.1.5:8443'],
  ['0.0.0.0', ['memory.example', 'other.example'], 'https://memory.example:8443'],
  ['0.0.0.0', ['memory.example:443'], 'https://memory.example:443'],
])('%s with the names %j is %s', (host, hosts, url) => {
  expect(outsideUrlOf(doors('127.0.0.1', host, 1, hosts)[0], 8443)).toBe(url);
});
