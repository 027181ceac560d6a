import { workerData } from 'node:worker_threads';
import { openWritable } from '../../src/main/store/database.ts';
import type { CorpusRow } from './corpus.ts';
import { makeCorpus } from './corpus.ts';
import { createRowWriter } from './memory-file.ts';

/** Writes rows while searches are measured, as agents that work at the same time make the worker do; ends with its thread. */
const { file, seed } = workerData as { file: string; seed: number };
const rowsAtOnce = 10;
const everyMs = 50;

const { db } = openWritable(file);
const add = createRowWriter(db);
const rows = makeCorpus(1_000_000, seed);
setInterval(() => {
  const batch: CorpusRow[] = [];
  while (batch.length < rowsAtOnce) {
    const next = rows.next();
    if (next.done === true) break;
    batch.push(next.value);
  }
  add(batch);
}, everyMs);
