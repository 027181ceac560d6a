import { describe, expect, test } from 'vitest';
import {
  decide,
  emptyQueue,
  step,
  syncQueue,
  undecide,
  undecidedCount,
  type Decision,
  type ReviewQueue,
} from './review-queue.ts';

const fresh = (...ids: string[]): ReviewQueue => syncQueue(emptyQueue, ids, true);
const as = (decision: Decision, ...ids: string[]): Map<string, Decision> => new Map(ids.map((id) => [id, decision]));
const shown = ({ ids, at }: ReviewQueue): string | undefined => ids[at];

describe('deciding', () => {
  // Catches: a card that stays after it was decided, or one that is passed over.
  test('goes on to the next open card, and from the end back to the ones that were passed over', () => {
    let queue = fresh('a', 'b', 'c');
    queue = step(queue, 1);
    queue = decide(queue, as('approved', 'b'));
    expect(shown(queue)).toBe('c');
    queue = decide(queue, as('rejected', 'c'));
    expect(shown(queue)).toBe('a');
    queue = decide(queue, as('approved', 'a'));
    expect([queue.at, undecidedCount(queue)]).toEqual([3, 0]);
  });

  // Catches: a bulk decision elsewhere that moves the card under the eyes.
  test('leaves the shown card when others are decided', () => {
    const queue = decide(fresh('a', 'b', 'c'), as('rejected', 'b', 'c', 'unknown'));
    expect([shown(queue), queue.decided.size]).toEqual(['a', 2]);
  });

  // Catches: an undo that only puts the card back and forgets what had been decided about it before.
  test('is taken back to exactly what was there before', () => {
    const before = decide(fresh('a', 'b'), as('rejected', 'a'));
    const changed = decide({ ...before, at: 0 }, as('approved', 'a'));
    expect(undecide(changed, [['a', 'rejected']]).decided).toEqual(before.decided);
    expect(undecide(changed, [['a', undefined]])).toEqual(fresh('a', 'b'));
  });

  // Catches: an undo after the next sitting began that finds no card to show.
  test('brings a card of an earlier sitting back', () => {
    const done = decide(fresh('a'), as('approved', 'a'));
    const next = syncQueue(done, ['b'], true);
    expect(next).toEqual(fresh('b'));
    expect(undecide(next, [['a', undefined]]).ids).toEqual(['a', 'b']);
    expect(shown(undecide(next, [['a', undefined]]))).toBe('a');
  });
});

describe('what is proposed now', () => {
  const cases: [name: string, proposed: string[], complete: boolean, ids: string[], shows: string | undefined][] = [
    ['joins at the end', ['a', 'b', 'c', 'new'], true, ['a', 'b', 'c', 'new'], 'b'],
    ['leaves when it was decided elsewhere', ['a', 'c'], true, ['a', 'c'], 'c'],
    ['stays while the list is read in part', ['a'], false, ['a', 'b', 'c'], 'b'],
    ['may all be gone', [], true, [], undefined],
  ];
  test.each(cases)('%s', (_name, proposed, complete, ids, shows) => {
    const queue = syncQueue(step(fresh('a', 'b', 'c'), 1), proposed, complete);
    expect(queue.ids).toEqual(ids);
    expect(shown(queue)).toBe(shows);
  });

  // Catches: a page that is drawn again and again because equal lists make new queues.
  test('changes nothing when nothing changed', () => {
    const queue = fresh('a', 'b');
    expect(syncQueue(queue, ['b', 'a'], true)).toBe(queue);
  });
});

// Catches: a step that leaves the list and shows the end although cards are open.
test('steps stay among the cards', () => {
  const queue = fresh('a', 'b');
  expect(shown(step(queue, -1))).toBe('a');
  expect(shown(step(step(step(queue, 1), 1), 1))).toBe('b');
  expect(step(emptyQueue, 1)).toBe(emptyQueue);
});
