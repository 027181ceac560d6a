import { expect, it } from 'vitest';
import { createTestMemory } from '../test-memory.ts';
import { createTextRows, mostRowsRead } from './text-rows.ts';

function fresh(count: number) {
  const memory = createTestMemory();
  const state = { last: count };
  const texts = createTextRows(memory.db, () => state.last);
  const all = () => new Uint8Array(state.last + 1).fill(1, 1);
  const places = (rows: Uint8Array) => [...rows.entries()].flatMap(([pk, held]) => (held === 1 ? [pk] : []));
  return { memory, state, texts, all, places };
}

// Catches verdicts about rows that are kept after the row was written anew, or never made for new rows.
it('follows rows as they change, for phrases and for excluded words', () => {
  const { memory, state, texts, all, places } = fresh(400);
  try {
    memory.writeAll(
      Array.from({ length: 400 }, (_value, index) => ({ title: index % 2 === 0 ? 'red fox' : 'fox red' })),
    );
    const held = () => places(texts.begin().holding('red fox', all()).rows);
    const excluded = () => places(texts.begin().excluded('fox', all()).rows);
    expect([held().length, excluded().length]).toEqual([200, 400]);
    memory.write(1, { title: 'fox red' });
    memory.write(2, { title: 'a red fox' });
    memory.write(3, { title: 'hen' });
    state.last = 402;
    memory.write(401, { title: 'red fox' });
    memory.write(402, { title: 'hen' });
    expect(held().slice(0, 3)).toEqual([2, 5, 7]);
    expect(held().at(-1)).toBe(401);
    expect(excluded()).toHaveLength(400);
    expect(excluded()).not.toContain(3);
    memory.write(402, { title: 'fox' });
    expect(excluded()).toHaveLength(401);
    expect(held()).toHaveLength(200);
  } finally {
    memory.close();
  }
});

// Catches a budget that shows rows which were never looked at, or hides that there may be more.
it('reads so many rows at most: then unknown rows are neither found nor shown, and it says so', () => {
  const count = mostRowsRead + 1_000;
  const { memory, texts, all, places } = fresh(count);
  try {
    memory.writeAll(Array.from({ length: count }, (_value, index) => ({ title: index < 500 ? 'fox red' : 'red fox' })));
    const held = texts.begin().holding('red fox', all());
    expect(held.complete).toBe(false);
    expect(places(held.rows).length).toBeGreaterThanOrEqual(mostRowsRead - 250);
    expect(places(held.rows).at(-1)).toBe(count);
    const narrowed = texts.begin().excluded('fox red', all());
    const among = all().fill(0, 600);
    expect(places(narrowed.rows)).toContain(1);
    // What was read is remembered, so asking again goes on where the budget ended.
    expect(texts.begin().holding('red fox', all())).toMatchObject({ complete: true });
    expect(texts.begin().holding('red fox', among)).toMatchObject({ complete: true });
    expect(places(texts.begin().holding('red fox', all()).rows)).toHaveLength(count - 500);
  } finally {
    memory.close();
  }
});
