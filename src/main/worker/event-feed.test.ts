import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { FeedEncoder, FeedHandle, FeedRequest } from '../api/event-feed.ts';
import { temporaryStore, type TemporaryStore } from '../store/testing/temporary-store.ts';
import { createEventLogReader, createEventLogWriter } from '../store/tables/event-log.ts';
import type { MemoryEvent, MemoryEventType } from '../../shared/views.ts';
import { createEventFeed, type RunningFeed } from './event-feed.ts';

let store: TemporaryStore;
let feed: RunningFeed;
let isListening = false;

beforeEach(() => {
  store = temporaryStore();
  const reader = createEventLogReader(store.readable);
  isListening = false;
  feed = createEventFeed({
    listen: () => Promise.resolve(void (isListening = true)),
    leave: () => (isListening = false),
    // As a thread does: later, and with what the file holds then.
    eventPage: (place) => new Promise((resolve) => setImmediate(() => resolve(reader.page(place)))),
  });
});
afterEach(() => store.close());

/** Commits entries; tells the feed of them unless `untold`. */
function commit(
  count: number,
  { type = 'prompt.created', untold = false }: { type?: MemoryEventType; untold?: boolean } = {},
) {
  const log = createEventLogWriter(store.writable);
  const events: MemoryEvent[] = [];
  store.writable.transaction(() => {
    for (let n = 0; n < count; n++) {
      const id = log.append({ type, at: 0, projectPk: null, sessionPk: null, data: { n } });
      events.push({ id, type, at: new Date(0).toISOString(), project_id: null, session_id: null, data: { n } });
    }
  })();
  if (isListening && !untold) feed.publish(events);
}

const encoder: FeedEncoder = {
  name: 'ids',
  events: (frames) => Buffer.from(JSON.stringify(frames.map(({ event }) => event.id))),
  gap: ({ after, next }) => Buffer.from(JSON.stringify([`${after}..${next}`])),
};

interface TestClient {
  received: (number | string)[];
  writes: Uint8Array[];
  /** How many writes it takes before it has had enough. */
  patience: number;
  handle: FeedHandle;
  ended: boolean;
}

function connect(request: Partial<FeedRequest> = {}, patience = Infinity): TestClient {
  const client: Omit<TestClient, 'handle'> = { received: [], writes: [], patience, ended: false };
  const handle = feed.open(
    { encoder, slow: 'catch-up', ...request },
    {
      write(bytes) {
        client.writes.push(bytes);
        client.received.push(...(JSON.parse(Buffer.from(bytes).toString()) as (number | string)[]));
        return --client.patience > 0;
      },
      ended: () => (client.ended = true),
    },
  );
  return Object.assign(client, { handle });
}

const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, index) => first + index);
const until = (condition: () => boolean) => vi.waitUntil(condition, { timeout: 20_000, interval: 5 });

test('clients with one filter are sent the same bytes, made once', async () => {
  const [one, other] = [connect(), connect()];
  await Promise.all([one.handle.ready, other.handle.ready]);
  commit(3);
  await until(() => other.received.length === 3);
  expect(one.received).toEqual([1, 2, 3]);
  expect(one.writes[0]).toBe(other.writes[0]);
});

test('a client that comes back is given all that it missed, and then what happens, each once', async () => {
  commit(1_200);
  const client = connect({ after: 100 });
  await client.handle.ready;
  // Meanwhile the log is being read.
  for (let n = 0; n < 30; n++) commit(3);
  await until(() => client.received.length >= 1_190);
  commit(1);
  await until(() => client.received.at(-1) === 1_291);
  expect(client.received).toEqual(upTo(1_291, 101));
});

test('a slow client takes part again where it stopped, however far that is, and nothing waits for it meanwhile', async () => {
  const client = connect({}, 2);
  const other = connect();
  await Promise.all([client.handle.ready, other.handle.ready]);
  commit(10);
  await until(() => client.received.length === 10);
  commit(10);
  await until(() => client.received.length === 20);
  // More than is kept in memory.
  for (let n = 0; n < 6; n++) commit(1_000);
  await until(() => other.received.length === 6_020);
  expect(client.writes).toHaveLength(2);
  // It takes some at a time.
  await vi.waitUntil(
    () => {
      client.patience = 2;
      client.handle.drained();
      return client.received.length === 6_020;
    },
    { timeout: 20_000, interval: 1 },
  );
  expect(client.received).toEqual(upTo(6_020));
  commit(1);
  client.patience = Infinity;
  client.handle.drained();
  await until(() => client.received.at(-1) === 6_021);
});

test('a client that asked for a gap is told of it and goes on with what happens now', async () => {
  const client = connect({ slow: 'gap' }, 1);
  await client.handle.ready;
  commit(5);
  await until(() => client.received.length === 5);
  commit(50);
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  client.patience = Infinity;
  client.handle.drained();
  commit(2);
  await until(() => client.received.at(-1) === 57);
  expect(client.received).toEqual([1, 2, 3, 4, 5, '5..56', 56, 57]);
  expect(feed.counters()).toMatchObject({ gaps: 1, slow: 1 });
});

test('a client that asked for gaps is still given the log that it asked for', async () => {
  commit(1_500);
  const client = connect({ slow: 'gap', after: 0 }, 1);
  await client.handle.ready;
  await vi.waitUntil(
    () => {
      client.patience = 1;
      client.handle.drained();
      return client.received.length === 1_500;
    },
    { timeout: 20_000, interval: 1 },
  );
  expect(client.received).toEqual(upTo(1_500));
});

test('what the log no longer has is announced by one gap', async () => {
  commit(300);
  store.writable.prepare('DELETE FROM event_log WHERE id <= 250').run();
  const client = connect({ after: 20 });
  await until(() => client.received.length === 51);
  expect(client.received).toEqual(['20..251', ...upTo(300, 251)]);
});

test('entries that nobody was told of, as when the writer died after its commit, are read from the log', async () => {
  const client = connect();
  await client.handle.ready;
  commit(3);
  await until(() => client.received.length === 3);
  commit(4, { untold: true });
  commit(2);
  await until(() => client.received.length === 9);
  expect(client.received).toEqual(upTo(9));
});

test('filters hold for what is replayed, caught up with and told', async () => {
  commit(3);
  commit(3, { type: 'session.started' });
  const client = connect({ after: 0, types: ['session.started'] });
  await until(() => client.received.length === 3);
  commit(2);
  commit(2, { type: 'session.started' });
  await until(() => client.received.length === 5);
  expect(client.received).toEqual([4, 5, 6, 9, 10]);
});

test('ids from another data folder begin at the beginning', async () => {
  commit(3);
  const client = connect({ after: 999_999 });
  await until(() => client.received.length === 3);
  expect(client.received).toEqual([1, 2, 3]);
});

test('the writer is asked for entries only while there are clients, and all of them end with the feed', async () => {
  const [one, other] = [connect(), connect()];
  await Promise.all([one.handle.ready, other.handle.ready]);
  one.handle.close();
  expect(isListening).toBe(true);
  feed.close();
  expect([one.ended, other.ended, isListening]).toEqual([false, true, false]);
  commit(2, { untold: true });
  const again = connect();
  await again.handle.ready;
  commit(1);
  await until(() => again.received.length === 1);
  expect(again.received).toEqual([3]);
});
