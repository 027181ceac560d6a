import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openCheckpointer, openReadable } from '../store/database.ts';
import { temporaryStore } from '../store/testing/temporary-store.ts';
import { createCheckpoints } from './checkpoints.ts';

test('there is one checkpoint at a time, after enough tasks, and one that fails does not end them', async () => {
  const running: PromiseWithResolvers<void>[] = [];
  const checkpoints = createCheckpoints(() => {
    const next = Promise.withResolvers<void>();
    running.push(next);
    return next.promise;
  });
  checkpoints.committed(100);
  expect(running).toHaveLength(0);
  checkpoints.committed(200);
  checkpoints.committed(1_000);
  expect(running).toHaveLength(1);
  running[0]?.reject(new Error('The disk is full.'));
  await Promise.resolve();
  await Promise.resolve();
  checkpoints.committed(1);
  expect(running).toHaveLength(2);
});

test('what another connection has committed is in the file itself afterwards', () => {
  const store = temporaryStore();
  try {
    store.writable.exec('CREATE TABLE kept (value TEXT)');
    store.writable.exec("INSERT INTO kept VALUES ('here')");
    const checkpointer = openCheckpointer(store.file);
    checkpointer.checkpoint();
    checkpointer.close();
    // Without its log, as a copy of the file alone is.
    const copy = join(store.dir, 'copy.db');
    copyFileSync(store.file, copy);
    const { db, close } = openReadable(copy);
    expect(db.prepare('SELECT value FROM kept').pluck().all()).toEqual(['here']);
    close();
  } finally {
    store.close();
  }
});
