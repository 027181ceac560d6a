import { expect, test } from 'vitest';
import { createActLine, type Act, type ActLine } from './act-line.ts';

/** A page with one value on it, and a memory that answers when it is told to. */
function stage() {
  const page: string[] = [];
  const sent: string[] = [];
  const errors: string[] = [];
  const refused = new Set<string>();
  let idle = 0;
  async function answer(what: string): Promise<void> {
    await Promise.resolve();
    sent.push(what);
    if (refused.has(what)) throw new Error(`refused ${what}`);
  }
  const line: ActLine = createActLine({
    undoBatch: (batch) => answer(`undo ${batch}`),
    onError: (error, during) => errors.push(`${during}: ${String(error)}`),
    onIdle: () => {
      idle += 1;
    },
  });
  const act = (name: string, batches: string[] = [name]): Act => ({
    show() {
      page.push(name);
      return () => void page.splice(page.lastIndexOf(name), 1);
    },
    async send() {
      await answer(name);
      return batches;
    },
  });
  const settled = async (): Promise<void> => {
    while (line.isBusy()) await new Promise((resolve) => setImmediate(resolve));
  };
  return { page, sent, errors, refused, line, act, settled, idleCount: () => idle };
}

// Catches: a screen that waits for the answer, and answers that overtake each other.
test('shows at once and sends in order', async () => {
  const { page, sent, line, act, settled, idleCount } = stage();
  void line.run(act('approve'));
  void line.run(act('pin'));
  expect(page).toEqual(['approve', 'pin']);
  expect(sent).toEqual([]);
  await settled();
  expect(sent).toEqual(['approve', 'pin']);
  expect([line.depth(), idleCount()]).toEqual([2, 1]);
});

// Catches: a failure that leaves its mark on the screen, or a step that undoes what was never done.
test('a failure goes back to what was there, and leaves no step', async () => {
  const { page, sent, errors, refused, line, act, settled } = stage();
  refused.add('reject');
  const kept = line.run(act('approve'));
  const failed = line.run(act('reject'));
  expect(await failed).toBeNull();
  expect(await kept).not.toBeNull();
  expect(page).toEqual(['approve']);
  expect(errors).toEqual(['act: Error: refused reject']);
  expect(line.undoLast()).toBe(true);
  expect(line.undoLast()).toBe(false);
  await settled();
  expect(page).toEqual([]);
  expect(sent).toEqual(['approve', 'reject', 'undo approve']);
});

// Catches: an undo that is sent before the act that it undoes, or in the wrong order.
test('takes any number of steps back, the last first, also before they were answered', async () => {
  const { page, sent, line, act, settled } = stage();
  void line.run(act('one', ['1a', '1b']));
  void line.run(act('two'));
  line.undoLast();
  line.undoLast();
  expect(page).toEqual([]);
  await settled();
  expect(sent).toEqual(['one', 'two', 'undo two', 'undo 1b', 'undo 1a']);
  expect(line.depth()).toBe(0);
});

// Catches: a card that looks open although the memory refused to take its decision back.
test('shows an act again whose undo was refused', async () => {
  const { page, errors, refused, line, act, settled } = stage();
  refused.add('undo approve');
  await line.run(act('approve'));
  line.undoLast();
  expect(page).toEqual([]);
  await settled();
  expect(page).toEqual(['approve']);
  expect(errors).toEqual(['undo: Error: refused undo approve']);
});

// Catches: an old notice whose button undoes the newest act instead of its own, or undoes twice.
test('a step undoes itself, once', async () => {
  const { page, sent, line, act, settled } = stage();
  const first = await line.run(act('one'));
  await line.run(act('two'));
  first?.undo();
  first?.undo();
  await settled();
  expect(page).toEqual(['two']);
  expect(sent).toEqual(['one', 'two', 'undo one']);
});

// Catches: an act that fails after it was taken back, and hides something else a second time.
test('a failure after its undo changes nothing more', async () => {
  const { page, sent, refused, line, act, settled } = stage();
  refused.add('approve');
  void line.run(act('approve'));
  line.undoLast();
  expect(page).toEqual([]);
  await settled();
  expect(page).toEqual([]);
  expect(sent).toEqual(['approve']);
});
