import { tracked, TRPCError, initTRPC } from '@trpc/server';
import { EventEmitter } from 'node:events';
import superjson from 'superjson';
import { beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { callChannel, stopChannel, type IpcPushEnvelope, type IpcReply } from '../../shared/ipc-protocol.ts';
import { createLogger } from '../observe/logger.ts';
import { serveTrpc, type TrpcServerOptions } from './serve-trpc.ts';

const trpc = initTRPC.create({ transformer: superjson });
const started = new EventEmitter();

/** Never ends by itself; tells when it runs and when it is left. */
const waiting = trpc.procedure.subscription(async function* ({ signal }) {
  started.emit('started', signal);
  yield tracked('7', { at: new Date(0) });
  await new Promise(() => undefined);
});

const router = trpc.router({
  now: trpc.procedure.query(() => new Date(0)),
  double: trpc.procedure.input(z.object({ value: z.number() })).query(({ input }) => input.value * 2),
  broken: trpc.procedure.query(() => {
    throw new Error('a bug');
  }),
  slow: trpc.procedure.query(
    ({ signal }) =>
      new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(new Error('stopped')))),
  ),
  count: trpc.procedure.input(z.number()).subscription(async function* ({ input }) {
    for (let value = 1; value <= input; value++) yield value;
    if (input > 2) throw new TRPCError({ code: 'CONFLICT', message: 'too many' });
  }),
  waiting,
});

const trustedFrame = { url: 'app://window/index.html', parent: null };
const [documentA, documentB] = ['0b8f6f0a-6c3e-4c57-9d3f-0a1b2c3d4e5f', '1b8f6f0a-6c3e-4c57-9d3f-0a1b2c3d4e5f'];

function setUp() {
  const ipc = new EventEmitter();
  const lines: string[] = [];
  const pushes: IpcPushEnvelope[] = [];
  const pushed = new EventEmitter();
  let handler: ((event: object, message: unknown) => Promise<IpcReply>) | undefined;
  const options = {
    ipc: Object.assign(ipc, {
      handle: (_channel: string, listener: typeof handler) => (handler = listener),
      removeHandler: () => (handler = undefined),
    }),
    router,
    createContext: () => ({}),
    log: createLogger('info', (line) => lines.push(line)),
  };
  const server = serveTrpc(options as unknown as TrpcServerOptions);
  const sender = Object.assign(new EventEmitter(), {
    id: 1,
    isDestroyed: () => false,
    send: (_channel: string, push: IpcPushEnvelope) => {
      pushes.push(push);
      pushed.emit(push.message.kind);
    },
  });
  const call = (message: object, senderFrame: object | null = trustedFrame): Promise<IpcReply> => {
    if (!handler) throw new Error(`Nothing handles ${callChannel}.`);
    return handler(
      { sender, senderFrame },
      { id: 1, document: documentA, type: 'query', input: undefined, ...message },
    );
  };
  const stop = (message: object, senderFrame: object | null = trustedFrame): void =>
    void ipc.emit(stopChannel, { sender, senderFrame }, message);
  const next = (kind: string): Promise<unknown> => new Promise((resolve) => pushed.once(kind, resolve));
  return { server, sender, call, stop, next, pushes, lines, isServing: () => handler !== undefined };
}

let it: ReturnType<typeof setUp>;
beforeEach(() => {
  it = setUp();
});

const codeOf = (reply: IpcReply): unknown =>
  reply.ok ? null : superjson.deserialize<{ data: { code: string } }>(reply.error as never).data.code;
const aborted = (): Promise<AbortSignal> =>
  new Promise((resolve) =>
    started.once('started', (signal: AbortSignal) => signal.addEventListener('abort', () => resolve(signal))),
  );

test('a query is answered with data of any type', async () => {
  const reply = await it.call({ path: 'now' });
  expect(reply.ok && superjson.deserialize(reply.data as never)).toEqual(new Date(0));
  expect(it.server.liveCalls()).toBe(0);
});

// Catches: a message that reaches a procedure without having been looked at.
test.each([
  ['no object', null],
  ['a document that is no id', { document: 'x' }],
  ['an id that is no integer', { id: 1.5 }],
  ['a negative id', { id: -1 }],
  ['another type', { type: 'call' }],
  ['no path', { path: '' }],
  ['a very long path', { path: 'a'.repeat(201) }],
  ['a path that is no text', { path: ['now'] }],
  ['more than a call', { path: 'now', context: { origin: 'http' } }],
])('%s is refused', async (_name, message) => {
  expect(codeOf(await it.call(message === null ? { id: null } : { path: 'now', ...message }))).toBe('BAD_REQUEST');
});

test.each([
  ['now', null, 'FORBIDDEN'],
  ['now', { url: 'app://window/', parent: {} }, 'FORBIDDEN'],
])('%s from %j is answered %s', async (path, frame, code) => {
  expect(codeOf(await it.call({ path }, frame))).toBe(code);
});

// Catches: an error that arrives as a rejection without its code; a bug that nobody hears of; log lines for the caller's mistakes.
test.each([
  ['nothing', undefined, 'NOT_FOUND', 0],
  ['double', superjson.serialize({ value: 'x' }), 'BAD_REQUEST', 0],
  ['double', 'not serialised', 'BAD_REQUEST', 0],
  ['broken', undefined, 'INTERNAL_SERVER_ERROR', 1],
])('%s with %j is answered %s', async (path, input, code, logged) => {
  expect(codeOf(await it.call({ path, input }))).toBe(code);
  expect(it.lines.filter((line) => line.includes('"error"'))).toHaveLength(logged);
});

test('a subscription is followed to its end, or to its error', async () => {
  const done = it.next('done');
  await it.call({ type: 'subscription', path: 'count', input: superjson.serialize(2) });
  await done;
  const failed = it.next('error');
  await it.call({ id: 2, type: 'subscription', path: 'count', input: superjson.serialize(3) });
  await failed;
  expect(it.pushes.map(({ id, message }) => [id, message.kind])).toEqual([
    [1, 'data'],
    [1, 'data'],
    [1, 'done'],
    [2, 'data'],
    [2, 'data'],
    [2, 'data'],
    [2, 'error'],
  ]);
});

test('tracked events carry their id beside and inside', async () => {
  const data = it.next('data');
  await it.call({ type: 'subscription', path: 'waiting' });
  await data;
  expect(it.pushes[0]).toMatchObject({ document: documentA, id: 1, message: { kind: 'data', eventId: '7' } });
  const message = it.pushes[0]?.message;
  expect(message?.kind === 'data' && superjson.deserialize(message.data as never)).toEqual({
    id: '7',
    data: { at: new Date(0) },
  });
});

// Catches: subscriptions that go on for pages that are gone, or that end although their page is there.
test.each([
  ['a stop', () => it.stop({ document: documentA, id: 1 })],
  ['the end of the page', () => void it.sender.emit('destroyed')],
  ['a crash of the page', () => void it.sender.emit('render-process-gone')],
  [
    'a navigation',
    () => {
      it.sender.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
      it.sender.emit('did-navigate');
    },
  ],
  ['the first call of the next document', () => void it.call({ document: documentB, path: 'now' })],
  ['the end of the server', () => it.server.stop()],
])('%s ends a subscription, although its generator never comes back', async (_name, end) => {
  const ended = aborted();
  await it.call({ type: 'subscription', path: 'waiting' });
  end();
  expect((await ended).aborted).toBe(true);
  await expect.poll(() => it.server.liveCalls()).toBe(0);
});

test.each([
  ['a stop of another document', () => it.stop({ document: documentB, id: 1 })],
  ['a stop of another call', () => it.stop({ document: documentA, id: 2 })],
  [
    'a stop by a frame inside the page',
    () => it.stop({ document: documentA, id: 1 }, { url: 'app://window/', parent: {} }),
  ],
  ['a stop that is none', () => it.stop([documentA, 1])],
  [
    'a navigation that became a download',
    () => void it.sender.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false }),
  ],
  [
    'a navigation within the document',
    () => {
      it.sender.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true });
      it.sender.emit('did-navigate');
    },
  ],
])('%s leaves a subscription alone', async (_name, happen) => {
  await it.call({ type: 'subscription', path: 'waiting' });
  happen();
  expect(it.server.liveCalls()).toBe(1);
});

test('a call that is stopped reaches the procedure and is no failure', async () => {
  const answer = it.call({ path: 'slow' });
  await expect.poll(() => it.server.liveCalls()).toBe(1);
  it.stop({ document: documentA, id: 1 });
  expect(codeOf(await answer)).toBe('CLIENT_CLOSED_REQUEST');
  expect(it.lines.filter((line) => line.includes('"error"'))).toEqual([]);
});

test('one id is one call, and a stopped server handles nothing', async () => {
  void it.call({ path: 'slow' });
  expect(codeOf(await it.call({ path: 'now' }))).toBe('BAD_REQUEST');
  it.server.stop();
  expect(it.isServing()).toBe(false);
});
