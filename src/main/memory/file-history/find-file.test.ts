import { afterEach, beforeEach, expect, test } from 'vitest';
import { toldMemory, type ToldMemory } from '../testing/told-memory.ts';
import { createFileFinder } from './find-file.ts';

let memory: ToldMemory;
beforeEach(() => {
  memory = toldMemory();
  memory.tell({ session: 's1', asked: 'x', answered: 'y', changed: ['src/db.ts'] });
  memory.tell({ session: 's2', asked: 'x', answered: 'y', changed: ['/trees/shop-2/src/new.ts'] });
  memory.writable.prepare("UPDATE sessions SET cwd = '/trees/shop-2' WHERE id = 's2'").run();
});
afterEach(() => memory.close());

test.each([
  ['below the root', 'src/db.ts', '/a/shop/src/db.ts'],
  ['said in another way', './src/../src/db.ts', '/a/shop/src/db.ts'],
  ['known in a worktree alone', 'src/new.ts', '/trees/shop-2/src/new.ts'],
  ['never seen', 'src/none.ts', '/a/shop/src/none.ts'],
  ['absolute', '/elsewhere/src/db.ts', '/elsewhere/src/db.ts'],
])('a file %s', (_name, file, path) => {
  expect(createFileFinder(memory.db)(memory.project(), file)).toBe(path);
});
