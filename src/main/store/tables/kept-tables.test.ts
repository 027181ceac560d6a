import { expect, test } from 'vitest';
import { temporaryStore } from '../testing/temporary-store.ts';
import { keptTables, lostTables } from './kept-tables.ts';

// Catches a table that a later migration hangs on sessions, and of whose rows nobody decided whether they come back.
test('each table that hangs on a session is kept or lost, and what it names comes back before it', () => {
  const { readable, close } = temporaryStore();
  const parents = readable
    .prepare<[], [string, string]>(
      `SELECT t.name, f."table" FROM pragma_table_list t, pragma_foreign_key_list(t.name) f WHERE t.schema = 'main'`,
    )
    .raw(true)
    .all();
  const hanging = new Set(['sessions']);
  for (let size = 0; size < hanging.size;) {
    size = hanging.size;
    // Beliefs and jobs are about sessions and do not hang on them.
    for (const [table, parent] of parents) {
      if (hanging.has(parent) && !['learnings', 'model_calls', 'deletions'].includes(table)) hanging.add(table);
    }
  }
  const decided: readonly string[] = [...keptTables, ...lostTables];
  expect([...hanging].filter((table) => !decided.includes(table))).toEqual([]);
  expect(decided.filter((table, place) => decided.indexOf(table) !== place)).toEqual([]);

  const order: readonly string[] = keptTables;
  const early = parents.filter(
    ([table, parent]) =>
      order.includes(table) && order.includes(parent) && order.indexOf(table) < order.indexOf(parent),
  );
  expect(early).toEqual([]);
  close();
});
