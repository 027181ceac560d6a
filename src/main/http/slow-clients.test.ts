import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { refuseSlowClients, timeoutOptions } from './slow-clients.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** What the server says to a client that sends this and then nothing. */
async function answerTo(sent: string, answersEarly = false): Promise<string> {
  const server = createServer(timeoutOptions({ arriveWithinMs: 200, lookEveryMs: 50 }), (request, response) => {
    if (answersEarly) response.write('begun');
    request.on('data', () => {}).on('end', () => response.end('all of it'));
  });
  refuseSlowClients(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  stops.push(
    () => server.close(),
    () => socket.destroy(),
  );
  socket.write(sent);
  return text(socket);
}

const post = (length: number) => `POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\n`;

// Catches: a client that holds a connection and its buffers for ever by never sending the last byte.
test.each([
  ['a body that stops', `${post(10)}12345`, '408 Request Timeout'],
  ['a head that stops', 'POST / HTTP/1.1\r\nHost: x\r\n', '408 Request Timeout'],
  ['a head that is none', 'nonsense\r\n\r\n', '400 Bad Request'],
  ['a line break in a header', 'GET / HTTP/1.1\r\nHost: x\r\nX-Request-Id: a\rb\r\n\r\n', '400 Bad Request'],
  [
    'headers without end',
    `GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(70_000)}`,
    '431 Request Header Fields Too Large',
  ],
])('%s is cut with %s', async (_, sent, status) => {
  const answer = await answerTo(sent);
  expect(answer.split('\r\n')[0]).toBe(`HTTP/1.1 ${status}`);
  const told: unknown = JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')));
  expect(Object.keys(told ?? {})).toEqual(['error', 'code', 'request_id']);
});

test('a body that arrives is answered', async () => {
  expect(await answerTo(`${post(5)}12345`)).toContain('all of it');
});

// Catches: a second head in the middle of an answer that is already under way.
test('an answer that has begun is only cut', async () => {
  const answer = await answerTo(`${post(10)}12345`, true);
  expect(answer).toContain('begun');
  expect(answer).not.toContain('408');
});
