import { expect, test } from 'vitest';
import { createMemories } from './memories.ts';

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
  await settled();
  // With `d` there are three: `c` alone could go.
  expect(log.filter((line) => !line.startsWith('open'))).toEqual(['close c', 'closed c', 'close d', 'closed d']);
  letGo();
  await memories.close();
});

test('whoever lets go of one that is too many closes it', async () => {
  const { memories, log, hold } = desk(1);
  const letGo = await hold('a');
  await hold('b');
  expect(log).toEqual(['open a', 'open b']);
  letGo();
  letGo();
  await settled();
  expect(log.slice(2)).toEqual(['close a', 'closed a']);
  await memories.close();
});

// Catches: two writers on one file.
test('a memory that closes is opened again only when it has closed', async () => {
  const { memories, log, gate, hold, visit } = desk(1);
  const openGate = gate('close a');
  await visit('a');
  await visit('b');
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
