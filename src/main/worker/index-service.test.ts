import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isSound } from '../../shared/index-views.ts';
import { openWritable } from '../store/database.ts';
import { createWriter } from './writer.ts';
import { capture, embeddingWork, isDone, until, type EmbeddingWork } from './testing/embedding-work.ts';
import type { TestWorker } from './testing/test-worker.ts';

let work: EmbeddingWork;
beforeEach(async () => void (work = await embeddingWork()));
afterEach(() => work.end());

const rows = 6;

async function startFilled(): Promise<TestWorker> {
  const worker = await work.workers.start();
  await capture(worker, rows);
  await until(worker, isDone(rows));
  return worker;
}

/** What a disk, or another program, may have done to the file. */
function damage(worker: TestWorker, sql: string): void {
  const { db, close } = openWritable(join(worker.dataDir, 'memory.db'));
  db.exec(sql);
  close();
}

const lexically = async (worker: TestWorker, text: string) =>
  (await worker.client.search.query.query({ text, mode: 'lexical' })).total;

// Catches a check that does not look, and one that is content with an index that it has mended only in part.
test('what was lost from the indexes is told, and is there again after mending', async () => {
  const worker = await startFilled();
  expect(isSound(await worker.client.indexes.check.query())).toBe(true);
  expect(await lexically(worker, 'migrate')).toBe(rows);
  damage(
    worker,
    `DELETE FROM observation_terms WHERE rowid IN (1, 2);
     INSERT OR REPLACE INTO observation_terms (rowid, terms) VALUES (3, 'nonsense '), (900, 'ghost ');
     DELETE FROM embeddings WHERE observation_pk = 4;
     UPDATE embeddings SET content_hash = x'00' WHERE observation_pk = 5;`,
  );
  const sick = await worker.client.indexes.check.query();
  expect(sick).toMatchObject({
    lexical: { rows, missing: 2, stale: 1, ghosts: 1 },
    vectors: { waiting: 1, stale: 1, ghosts: 1 },
  });
  expect(isSound(sick)).toBe(false);
  expect(isSound(await worker.client.indexes.mend.mutate())).toBe(true);
  await until(worker, isDone(rows));
  expect(await worker.client.indexes.check.query()).toMatchObject({
    lexical: { rows, missing: 0, stale: 0, ghosts: 0 },
    vectors: { rows, waiting: 0, stale: 0, ghosts: 0 },
  });
  expect([await lexically(worker, 'migrate'), await lexically(worker, 'nonsense')]).toEqual([rows, 0]);
});

// Catches rows that wait for ever, because nothing about them changed since the job looked at them.
test('vectors that are gone without a trace are made again', async () => {
  const worker = await startFilled();
  damage(worker, 'DELETE FROM embeddings WHERE observation_pk < 4; DELETE FROM embedding_vectors_1 WHERE pk < 4;');
  const found = await worker.client.indexes.check.query();
  expect(found.vectors).toMatchObject({ waiting: 3, stale: 0, ghosts: 0 });
  await worker.client.indexes.mend.mutate();
  await until(worker, isDone(rows));
  expect((await worker.client.indexes.check.query()).vectors).toMatchObject({ rows, waiting: 0 });
});

// Catches a start that believes what an earlier end knew: that every row had its vector.
test('a worker that dies once it has mended makes the vectors when it starts again', async () => {
  // Started once more: whether the job has heard of the last hook by its end is open, and then it rightly looks again.
  const worker = await (await startFilled()).restart();
  await until(worker, isDone(rows));
  await worker.close();
  const writer = createWriter(join(worker.dataDir, 'memory.db'));
  expect(writer.ready.embedding.done).not.toBeNull();
  writer.enqueue([{ kind: 'mend-index', ticket: 1, pks: [1, 2, 3], isLast: true }]);
  writer.drain(() => {});
  writer.close();
  const again = await worker.restart();
  await until(again, isDone(rows));
  expect(isSound(await again.client.indexes.check.query())).toBe(true);
});

test('a worker that is closed while it makes vectors again goes on when it starts again', async () => {
  const worker = await (await startFilled()).restart();
  damage(worker, `UPDATE embeddings SET content_hash = x'00'`);
  await worker.client.indexes.mend.mutate();
  const again = await worker.restart();
  await until(again, isDone(rows));
});
