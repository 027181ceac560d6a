import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createMemories, mostOpenIn } from './memories.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] }));
afterEach(() => void vi.useRealTimers());

/** Longer than anything stays for having been used. */
const aWhile = () => vi.advanceTimersByTimeAsync(120_000);

/** Memories that open and close when the test says so. */
function desk(mostOpen: number) {
  const gone = new Set<string>();
  const busy = new Set<string>();
  /** What happened, in order. */
  const log: string[] = [];
  const gates = new Map<string, PromiseWithResolvers<void>>();
  const pass = async (what: string) => {
    log.push(what);
    await gates.get(what)?.promise;
  };
  const made = (id: string) => ({
    memory: {
      isBusy: () => busy.has(id),
      release: () => {},
      close: async () => {
        await pass(`close ${id}`);
        log.push(`closed ${id}`);
      },
    },
  });
  const memories = createMemories({
    own: made('default'),
    open: async (id) => {
      await pass(`open ${id}`);
      return made(id);
    },
    isThere: (id) => !gone.has(id),
    onFault(fault) {
      throw fault;
    },
    mostOpen,
  });
  /** Gives what lets it go. */
  async function hold(id: string): Promise<() => void> {
    let letGo = () => {};
    await memories.hold(id, (done) => (letGo = done));
    return letGo;
  }
  return {
    memories,
    log,
    gone,
    busy,
    gate(what: string): () => void {
      const gate = Promise.withResolvers<void>();
      gates.set(what, gate);
      return gate.resolve;
    },
    hold,
    visit: async (id: string): Promise<void> => (await hold(id))(),
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

// Catches: a stream or a held question of one organisation that ends because another one was asked for.
test('one that somebody stands on, or that works, stays open beyond the limit; the rest make room, the oldest first', async () => {
  const { memories, log, busy, hold, visit } = desk(2);
  const letGo = await hold('a');
  busy.add('b');
  await visit('b');
  await visit('c');
  await visit('d');
  await aWhile();
  expect(log.filter((line) => line.startsWith('close '))).toEqual(['close c', 'close d']);
  letGo();
  await memories.close();
});

test('whoever lets go of one that is too many, and comes no more, closes it', async () => {
  const { memories, log, hold } = desk(1);
  const letGo = await hold('a');
  await hold('b');
  await aWhile();
  expect(log).toEqual(['open a', 'open b']);
  letGo();
  letGo();
  await settled();
  expect(log).toHaveLength(2);
  await aWhile();
  expect(log.slice(2)).toEqual(['close a', 'closed a']);
  await memories.close();
});

// Catches: more organisations than are kept open, each of which is closed for the next one at every request.
test('those that are used again and again stay open, up to twice as many; the next one takes the place of the oldest', async () => {
  const { memories, log, visit } = desk(2);
  for (let round = 0; round < 20; round++) {
    for (const id of ['a', 'b', 'c', 'd']) await visit(id);
    await vi.advanceTimersByTimeAsync(20_000);
  }
  expect(log).toEqual(['open a', 'open b', 'open c', 'open d']);
  await visit('e');
  await settled();
  expect(log.slice(4)).toEqual(['open e', 'close a', 'closed a']);
  await aWhile();
  expect(log.filter((line) => line.startsWith('closed '))).toEqual(['closed a', 'closed b', 'closed c']);
  await memories.close();
});

test.each([
  [1, 8],
  [4, 10],
  [16, 40],
  [64, 64],
])('%i GB hold %i memories', (gigabytes, most) => {
  expect(mostOpenIn(gigabytes * 1e9)).toBe(most);
});

// Catches: two writers on one file.
test('a memory that closes is opened again only when it has closed', async () => {
  const { memories, log, gate, hold, visit } = desk(1);
  const openGate = gate('close a');
  await visit('a');
  await visit('b');
  await aWhile();
  const back = hold('a');
  await settled();
  expect(log.filter((line) => line.endsWith(' a'))).toEqual(['open a', 'close a']);
  openGate();
  await back;
  expect(log.filter((line) => line.endsWith(' a'))).toEqual(['open a', 'close a', 'closed a', 'open a']);
  await memories.close();
});

// Catches: the folder of a deleted organisation that comes back with a request that was on its way.
test('an organisation that is deleted while its memory opens is not there', async () => {
  const { memories, log, gate, gone, hold } = desk(2);
  const openGate = gate('open a');
  const asked = hold('a');
  await settled();
  gone.add('a');
  const dropped = memories.drop('a');
  await expect(hold('a')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  openGate();
  await expect(asked).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await dropped;
  expect(log).toEqual(['open a', 'close a', 'closed a']);
});

// Catches: schedules of an organisation that run only while somebody asks it something.
test('waking opens as many as may be open, and goes on after one that is gone', async () => {
  const { memories, log, gone } = desk(2);
  gone.add('a');
  await memories.wake(['default', 'a', 'b', 'c', 'd']);
  expect(log).toEqual(['open b', 'open c']);
  await memories.close();
  await memories.wake(['e']);
  expect(log.filter((line) => line.startsWith('open'))).toHaveLength(2);
});
