import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { testWorkers, type TestWorker } from '../../worker/testing/test-worker.ts';
import { openSocket, type TestSocket } from './testing/stream-clients.ts';

const workers = testWorkers();
let worker: TestWorker;
let sessions = 0;
beforeAll(async () => {
  worker = await workers.start();
});
afterAll(() => workers.end());

const authorization = () => ({ authorization: `Bearer ${worker.ownerToken}` });
const open = (headers: Record<string, string> = {}) =>
  openSocket(`${worker.url}/api/v1/ws`, { ...authorization(), ...headers });
const prompt = (session: string) => ({
  hook_event_name: 'UserPromptSubmit',
  session_id: session,
  cwd: '/nowhere/shop',
  prompt: `step ${++sessions}`,
});

async function subscribed(message: object): Promise<TestSocket> {
  const client = await open();
  client.say({ type: 'subscribe', ...message });
  await client.until(({ type }) => type === 'subscribed');
  return client;
}

test('a subscription carries its events and its name, beside another one, until it is ended', async () => {
  const client = await subscribed({ id: 'a', types: ['prompt.created'], session_id: 'ws-1' });
  client.say({ type: 'subscribe', types: ['session.started'], session_id: 'ws-1' });
  await client.until(({ type, id }) => type === 'subscribed' && id === undefined);
  await worker.hook(prompt('ws-1'));
  const named = await client.until(({ type }) => type === 'prompt.created');
  expect(named).toMatchObject({ subscription: 'a', session_id: 'ws-1', data: {} });
  const plain = await client.until(({ type }) => type === 'session.started');
  expect(plain).not.toHaveProperty('subscription');
  client.say({ type: 'unsubscribe', id: 'a' });
  await client.until(({ type, id }) => type === 'unsubscribed' && id === 'a');
  await worker.hook(prompt('ws-1'));
  // The log goes on with the next subscription: nothing of the one that was ended came between.
  client.say({ type: 'subscribe', id: 'b', after: Number(named['id']), types: ['prompt.created'] });
  await client.until(({ subscription }) => subscription === 'b');
  expect(client.said.filter(({ subscription }) => subscription === 'a')).toHaveLength(1);
  client.socket.close();
});

test('a client that says nothing is told what clients of AgentMem expect', async () => {
  const client = await open();
  // Until then the server may not have begun to listen.
  client.say({ type: 'ping' });
  await client.until(({ type }) => type === 'pong');
  await worker.hook(prompt('ws-agent'));
  const { id } = await worker.client.memories.remember.mutate({ type: 'semantic', text: 'Prices are in cents.' });
  expect(await client.until(({ type }) => type === 'agent_update')).toMatchObject({
    agent_id: 'claude-code',
    status: 'active',
  });
  expect(await client.until(({ type }) => type === 'memory_update')).toMatchObject({
    memory_id: id,
    agent_id: 'claude-mem',
    operation: 'created',
    timestamp: expect.stringMatching(/^\d{4}-/) as unknown,
  });
  expect(client.said.some(({ type }) => type.includes('.'))).toBe(false);
  client.say({ type: 'subscribe', types: ['memory_stored'] });
  await client.until(({ type }) => type === 'subscribed');
  await worker.client.memories.remember.mutate({ type: 'semantic', text: 'Names are in English.' });
  expect(await client.until(({ type }) => type === 'memory_stored')).toMatchObject({
    content_preview: 'Names are in English.',
  });
  expect(client.said.filter(({ type }) => type === 'memory_update')).toHaveLength(1);
  client.socket.close();
});

const hostile: [string, string | Buffer, string][] = [
  ['no JSON', '{"type":', 'INVALID_MESSAGE'],
  ['an unknown type', '{"type":"drop"}', 'INVALID_MESSAGE'],
  ['no object', '[1,2]', 'INVALID_MESSAGE'],
  ['an unknown event', '{"type":"subscribe","types":["everything"]}', 'INVALID_MESSAGE'],
  ['an unknown field', '{"type":"subscribe","organization_id":"other"}', 'INVALID_MESSAGE'],
  ['a prototype', '{"type":"subscribe","__proto__":{"types":["x"]}}', 'INVALID_MESSAGE'],
  ['a negative id', '{"type":"subscribe","after":-1}', 'INVALID_MESSAGE'],
  ['an id that breaks out of its text', '{"type":"subscribe","id":"a\\",\\"x"}', 'INVALID_MESSAGE'],
  ['deep nesting', '['.repeat(30_000), 'INVALID_MESSAGE'],
  ['binary', Buffer.from([1, 2, 3]), 'INVALID_MESSAGE'],
  ['the end of what never began', '{"type":"unsubscribe","id":"none"}', 'NOT_FOUND'],
];
test('what is not understood is answered with an error, and the socket lives on', async () => {
  const client = await open();
  for (const [what, message, code] of hostile) {
    client.said.length = 0;
    client.socket.send(message);
    const error = await client.until(({ type }) => type === 'error');
    expect([what, error['code']]).toEqual([what, code]);
    expect(String(error['message']).length).toBeLessThanOrEqual(500);
    // Catches: the words of a parser, which say nothing to whoever wrote the client.
    expect(error['message']).not.toMatch(/expected|received|Invalid|→/);
  }
  // Catches: a client with several subscriptions that cannot tell which of them was refused.
  client.said.length = 0;
  client.say({ type: 'subscribe', id: 'second', after: -1 });
  expect(await client.until(({ type }) => type === 'error')).toMatchObject({ id: 'second', code: 'INVALID_MESSAGE' });
  client.say({ type: 'ping' });
  await client.until(({ type }) => type === 'pong');
  client.socket.close();
});

test('more subscriptions than a socket has room for are refused, and a flood ends it', async () => {
  const client = await open();
  for (let n = 0; n < 17; n++) client.say({ type: 'subscribe', id: `s${n}`, types: ['message.created'] });
  expect(await client.until(({ type }) => type === 'error')).toMatchObject({
    code: 'TOO_MANY_SUBSCRIPTIONS',
    id: 's16',
  });
  for (let n = 0; n < 500; n++) client.say({ type: 'subscribe', id: `f${n}` });
  await vi.waitUntil(() => client.closed !== null, { timeout: 20_000 });
  expect(client.closed).toBe(1008);
});

test('a message of more than 64 KiB ends the socket', async () => {
  const client = await open();
  client.socket.send('x'.repeat(65 * 1024));
  await vi.waitUntil(() => client.closed !== null, { timeout: 20_000 });
  expect(client.closed).toBe(1009);
});

test('a frame without a mask ends the socket', async () => {
  const socket = connect(worker.port, '127.0.0.1');
  const received: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => received.push(chunk));
  const head = [
    'GET /api/v1/ws HTTP/1.1',
    `Host: 127.0.0.1:${worker.port}`,
    `Authorization: Bearer ${worker.ownerToken}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  const all = () => Buffer.concat(received);
  await vi.waitUntil(() => all().includes('\r\n\r\n'), { timeout: 20_000 });
  socket.write(Buffer.from([0x81, 0x02, 0x7b, 0x7d]));
  // A close frame with the code 1002.
  await vi.waitUntil(() => all().includes(Buffer.from([0x88, 0x02, 0x03, 0xea])), { timeout: 20_000 });
  socket.destroy();
});

test.each([
  ['no token', () => openSocket(`${worker.url}/api/v1/ws`), '401'],
  ['a token in the address', () => openSocket(`${worker.url}/api/v1/ws?token=${worker.ownerToken}`), '401'],
  ['a page of elsewhere', () => open({ origin: 'https://evil.example' }), '403'],
  ['a rebound name', () => open({ host: 'evil.example' }), '403'],
  ['another address', () => openSocket(`${worker.url}/api/v1/sessions`, authorization()), '200'],
])('%s opens no socket', async (_, attempt, status) => {
  await expect(attempt()).rejects.toThrow(status);
});

test('a ticket opens one socket and no second', async () => {
  const { ticket } = await worker.client.tickets.create.mutate();
  const client = await openSocket(`${worker.url}/api/v1/ws?ticket=${ticket}`);
  client.socket.close();
  await expect(openSocket(`${worker.url}/api/v1/ws?ticket=${ticket}`)).rejects.toThrow('401');
});

test('who asks for another protocol on an ordinary address is answered as if it had not', async () => {
  const socket = connect(worker.port, '127.0.0.1');
  const text: string[] = [];
  socket.on('data', (chunk) => text.push(chunk.toString()));
  socket.write(
    `GET /api/v1/health HTTP/1.1\r\nHost: 127.0.0.1:${worker.port}\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n`,
  );
  await vi.waitUntil(() => text.join('').includes('"status":"ok"'), { timeout: 20_000 });
  socket.destroy();
});

test('a socket with neither upgrade nor WebSocket key is told what to do', async () => {
  const answer = await worker.get('/api/v1/ws');
  expect([answer.status, answer.headers.get('upgrade')]).toEqual([426, 'websocket']);
});
