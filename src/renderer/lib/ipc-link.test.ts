import { createTRPCUntypedClient, TRPCClientError } from '@trpc/client';
import superjson from 'superjson';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Bridge, IpcCall, IpcPush, IpcReply } from '../../shared/ipc-protocol.ts';
import { ipcLink } from './ipc-link.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Call = Omit<IpcCall, 'document'>;

function setUp(answer: (call: Call) => Promise<IpcReply> | IpcReply) {
  const calls: Call[] = [];
  const stopped: number[] = [];
  let listener: (id: number, message: IpcPush) => void = () => undefined;
  const bridge: Bridge = {
    call: async (call) => {
      calls.push(call);
      return answer(call);
    },
    stop: (id) => void stopped.push(id),
    onPush: (given) => {
      listener = given;
      return () => undefined;
    },
    platform: 'test',
  };
  const client = createTRPCUntypedClient({ links: [ipcLink({ bridge, transformer: superjson, retryMs: 1000 })] });
  /** To the newest call. */
  const push = (message: IpcPush, id = calls.at(-1)?.id ?? 0): void => listener(id, message);
  return { client, calls, stopped, push };
}

const failure = (code: string, number: number): unknown =>
  superjson.serialize({ message: `It is ${code}.`, code: number, data: { code, httpStatus: 500 } });
const never = (): Promise<IpcReply> => new Promise(() => undefined);
const yes: IpcReply = { ok: true, data: undefined };

function subscribe({ client }: ReturnType<typeof setUp>, input?: unknown) {
  const log: string[] = [];
  const subscription = client.subscription('events', input, {
    onStarted: () => log.push('started'),
    onData: (data) => log.push(`data ${JSON.stringify(data)}`),
    onStopped: () => log.push('stopped'),
    onComplete: () => log.push('complete'),
    onError: (error) => log.push(`error ${error.message}`),
    onConnectionStateChange: ({ state, error }) => log.push(error ? `${state} after ${error.message}` : state),
  });
  return { log, subscription };
}

const tick = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

test('a query gives data of any type', async () => {
  const { client, calls } = setUp(() => ({ ok: true, data: superjson.serialize(new Map([['a', new Date(0)]])) }));
  expect(await client.query('now', { since: new Date(1) })).toEqual(new Map([['a', new Date(0)]]));
  expect(calls[0]).toMatchObject({ type: 'query', path: 'now', input: superjson.serialize({ since: new Date(1) }) });
});

// Catches: two clients of one window whose answers are mixed up.
test('two links never use one id', async () => {
  const data = superjson.serialize('x');
  const [a, b] = [setUp(() => ({ ok: true, data })), setUp(() => ({ ok: true, data }))];
  await Promise.all([a.client.query('x'), b.client.query('x'), a.client.query('x')]);
  const ids = [...a.calls, ...b.calls].map((call) => call.id);
  expect(new Set(ids).size).toBe(3);
});

test('a refused call rejects with the shape of the server', async () => {
  const { client } = setUp(() => ({ ok: false, error: failure('NOT_FOUND', -32004) }));
  const error: unknown = await client.query('x').catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(TRPCClientError);
  expect(error).toMatchObject({ message: 'It is NOT_FOUND.', data: { code: 'NOT_FOUND' } });
});

test('a bridge that fails rejects with its reason', async () => {
  const { client } = setUp(() => Promise.reject(new Error('the pipe is broken')));
  await expect(client.query('x')).rejects.toThrow('the pipe is broken');
});

// Catches: a promise that stays open for ever because the answer could not be read.
test('an answer or a push that cannot be read is an error', async () => {
  await expect(setUp(() => yes).client.query('x')).rejects.toBeInstanceOf(TRPCClientError);
  const it = setUp(() => yes);
  const { log } = subscribe(it);
  await tick();
  it.push({ kind: 'data', data: undefined });
  expect(log.at(-1)).toMatch(/^error /);
  expect(it.stopped).toEqual([it.calls[0]?.id]);
});

// Catches: a promise that stays open for ever, and a main process that goes on working for nobody.
test('an aborted call rejects at once and is stopped', async () => {
  const it = setUp(never);
  const controller = new AbortController();
  const answer = it.client.query('x', undefined, { signal: controller.signal }).catch((cause: unknown) => cause);
  await tick();
  controller.abort();
  expect(await answer).toMatchObject({ cause: { name: 'AbortError' } });
  expect(it.stopped).toEqual([it.calls[0]?.id]);
});

test('a call that was aborted before is never made', async () => {
  const it = setUp(never);
  await expect(it.client.query('x', undefined, { signal: AbortSignal.abort() })).rejects.toThrow('aborted');
  expect(it.calls).toEqual([]);
});

test('a subscription starts, hears and ends', async () => {
  const it = setUp(() => yes);
  const { log } = subscribe(it);
  await tick();
  it.push({ kind: 'data', data: superjson.serialize('a') });
  it.push({ kind: 'data', data: superjson.serialize('of another'), eventId: '1' }, -1);
  it.push({ kind: 'done' });
  it.push({ kind: 'data', data: superjson.serialize('too late') });
  expect(log).toEqual(['connecting', 'started', 'pending', 'data "a"', 'stopped', 'idle', 'complete']);
});

test('data that overtakes the answer starts the subscription once', async () => {
  const it = setUp(() => yes);
  const { log } = subscribe(it);
  it.push({ kind: 'data', data: superjson.serialize('early') });
  await tick();
  expect(log).toEqual(['connecting', 'started', 'pending', 'data "early"']);
});

test('unsubscribing stops the call and hears nothing more', async () => {
  const it = setUp(() => yes);
  const { log, subscription } = subscribe(it);
  await tick();
  subscription.unsubscribe();
  it.push({ kind: 'data', data: superjson.serialize('late') });
  expect(it.stopped).toEqual([it.calls[0]?.id]);
  expect(log.filter((line) => line.startsWith('data'))).toEqual([]);
});

// Catches: a window that shows an old state for ever after one failure, or that shows events twice.
test('after a failure of the server it goes on behind the last event', async () => {
  const it = setUp(() => yes);
  const { log } = subscribe(it, { project_id: 'p' });
  await tick();
  it.push({ kind: 'data', eventId: '41', data: superjson.serialize({ id: '41', data: 'a' }) });
  it.push({ kind: 'error', error: failure('INTERNAL_SERVER_ERROR', -32603) });
  expect(log.at(-1)).toBe('connecting after It is INTERNAL_SERVER_ERROR.');
  await vi.advanceTimersByTimeAsync(999);
  expect(it.calls).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(superjson.deserialize(it.calls[1]?.input as never)).toEqual({ project_id: 'p', lastEventId: '41' });
  expect(log.slice(-2)).toEqual(['started', 'pending']);
});

test('unsubscribing while it waits to go on ends it', async () => {
  const it = setUp(() => ({ ok: false, error: failure('INTERNAL_SERVER_ERROR', -32603) }));
  const { subscription } = subscribe(it);
  await tick();
  subscription.unsubscribe();
  await vi.advanceTimersByTimeAsync(5000);
  expect(it.calls).toHaveLength(1);
});

test('after any other error it has failed', async () => {
  const it = setUp(() => ({ ok: false, error: failure('BAD_REQUEST', -32600) }));
  const { log } = subscribe(it);
  await vi.advanceTimersByTimeAsync(5000);
  expect(log).toEqual(['connecting', 'error It is BAD_REQUEST.']);
  expect(it.calls).toHaveLength(1);
});
