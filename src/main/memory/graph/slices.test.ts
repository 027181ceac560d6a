import { afterEach, beforeEach, expect, it } from 'vitest';
import { slicesOf, learningSlicesOf } from './slices.ts';
import { createTestGraph, type TestGraph } from './test-graph.ts';

let memory: TestGraph;
beforeEach(() => {
  memory = createTestGraph();
  memory.replayRecorded();
});
afterEach(() => memory.close());

// Catches: a long session that is written in one go, while hooks wait, and a piece that loses or misplaces what the whole says.
it.each([1, 7, 1_000_000])('says in pieces of %i rows what the whole says', (most) => {
  for (const session of memory.sessions()) {
    const { revision, seen, ...change } = memory.changes.of(session);
    const slices = slicesOf(change, most);
    for (const [index, slice] of slices.entries()) {
      const evidence = slice.relations.reduce((sum, relation) => sum + relation.evidence.length, 0);
      expect(slice.mentions.length + evidence).toBeLessThanOrEqual(most);
      expect(memory.writer.putSession(session, { ...slice, revision, seen }, index === slices.length - 1)).toBe(true);
    }
  }
  const kept = memory.lines();
  expect(memory.changes.stale(100)).toEqual([]);
  memory.rebuild();
  expect(memory.lines()).toEqual(kept);
});

// Catches: a session that counts as read although its job was stopped half way.
it('reads a session again that was written in part', () => {
  const [session = 0] = memory.sessions();
  const { revision, seen, ...change } = memory.changes.of(session);
  const [first = change] = slicesOf(change, 5);
  memory.writer.putSession(session, { ...first, revision, seen }, false);
  expect(memory.changes.stale(100)).toContain(session);
  memory.readStale();
  const kept = memory.lines();
  memory.rebuild();
  expect(memory.lines()).toEqual(kept);
});

it('withdraws in pieces, and gives one piece of nothing', () => {
  const none = { mentions: [], conflicts: [] };
  const withdrawn = { mentions: [[1, 1]] as [number, number][], conflicts: [[1, 1, 2]] as [number, number, number][] };
  expect(learningSlicesOf({ entities: [], mentions: [], conflicts: [], withdrawn }, 1)).toEqual([
    { entities: [], mentions: [], conflicts: [], withdrawn: { mentions: [], conflicts: withdrawn.conflicts } },
    { entities: [], mentions: [], conflicts: [], withdrawn: { mentions: withdrawn.mentions, conflicts: [] } },
  ]);
  expect(learningSlicesOf({ entities: [], mentions: [], conflicts: [], withdrawn: none })).toHaveLength(1);
});
