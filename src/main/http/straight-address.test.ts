import { expect, test } from 'vitest';
import { straightenAddress } from './straight-address.ts';

const host = '127.0.0.1:37650';
const straight = (url: string) => {
  const request = { url, headers: { host } };
  return straightenAddress(request) ? request.url : null;
};

// Catches: one address that two places take for different ones, as the door of the streams and the routes behind it.
test.each([
  ['/events', '/events'],
  ['/events?types=a%2Cb#there', '/events?types=a%2Cb'],
  ['/%65vents', '/events'],
  ['/a/../events', '/events'],
  ['/a/%2e%2E/events', '/events'],
  ['/api/v1/sse/%65vents/caf%C3%A9%2fx', '/api/v1/sse/events/caf%C3%A9%2fx'],
  ['/api/v1/memories/%00', '/api/v1/memories/%00'],
  ['/api/v1/memories/%zz', '/api/v1/memories/%zz'],
  ['/api/v1/memories/%2565', '/api/v1/memories/%2565'],
  ['//evil.example/events', '//evil.example/events'],
  ['//evil.example/%65vents', '//evil.example/events'],
  [`http://${host}/events?types=a`, '/events?types=a'],
  [`HTTPS://${host}/%65vents`, '/events'],
  [`http://${host}`, '/'],
  ['http://evil.example/events', null],
  [`http://somebody@${host}/events`, null],
  [`http://${host}@evil.example/events`, null],
  ['http://', null],
  ['/api\\v1\\events', null],
  ['/api\\v1/%65vents', null],
  ['events', null],
  ['*', null],
  ['', null],
])('%s is %s', (sent, expected) => {
  expect(straight(sent)).toBe(expected);
});
