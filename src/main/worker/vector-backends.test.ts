import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { noSecretStore } from '../embed/secret-store.ts';
import { builtinModelFolder } from '../embed/static/model-folder.ts';
import { createSharedModel } from '../embed/static/shared-model.ts';
import { isSound } from '../../shared/index-views.ts';
import type { SearchMode } from '../../shared/search-views.ts';
import { openReadable, openWritable, type OpenOptions } from '../store/database.ts';
import { temporaryFolder } from '../store/testing/temporary-store.ts';
import { createEmbedding } from './embedding-service.ts';
import { createReaderOperations } from './reader-operations.ts';
import type { Reader } from './reader-pool.ts';
import { createWriter } from './writer.ts';
import type { WriterRequest } from './writer-client.ts';

let folder: ReturnType<typeof temporaryFolder>;
let close: () => Promise<void>;
beforeEach(() => void (folder = temporaryFolder()));
afterEach(async () => {
  await close();
  folder.remove();
});

const vec: OpenOptions = {};
const plain: OpenOptions = { vectorBackend: 'table' };
const model = createSharedModel(builtinModelFolder());
const file = () => join(folder.dir, 'memory.db');

/** The worker's writer, readers and embedding loop on one backend, without the threads between them. */
function open(options: OpenOptions) {
  const writer = createWriter(file(), options);
  const readable = openReadable(file(), options);
  const operations = createReaderOperations(readable.db, model);
  const call = (name: keyof typeof operations, ...given: unknown[]) =>
    Promise.resolve().then(() => (operations[name] as (...given: unknown[]) => unknown)(...given));
  const reader = { call, close: () => Promise.resolve() } as unknown as Reader;
  const faults: unknown[] = [];
  const submit = (task: WriterRequest) => {
    writer.enqueue([{ ...task, ticket: 1 }]);
    writer.drain((report) => faults.push(...report.faults, ...report.failures.map(({ error }) => error.message)));
    return Promise.resolve(null);
  };
  const embedding = createEmbedding({
    reader,
    intake: reader,
    writer: { ready: writer.ready, submit },
    secrets: noSecretStore,
    modelProblem: null,
    env: {},
    onFault: (fault) => faults.push(fault),
  });
  close = async () => {
    await embedding.close();
    readable.close();
    writer.close();
  };
  return {
    faults,
    operations,
    maintain: () => writer.maintain(),
    start: embedding.start,
    async capture(session: string, from: number, count: number) {
      for (let n = from; n < from + count; n++) {
        const body = JSON.stringify({
          session_id: session,
          cwd: '/repo',
          hook_event_name: 'PostToolUse',
          tool_name: 'Bash',
          tool_use_id: `t${n}`,
          tool_input: { command: `npm run migrate -- --step ${n}` },
          tool_response: { stdout: `table ${n} was locked`, stderr: '' },
        });
        await submit({ kind: 'hook', body, sizeBytes: body.length, receivedAt: Date.now() });
      }
      embedding.wake();
    },
    async untilAll(rows: number, backend: string) {
      await vi.waitUntil(
        () => {
          const sets = operations.embeddingModels();
          return sets.length === 1 && sets[0]?.usable === true && operations.embeddingCounts(sets[0].pk).done === rows;
        },
        { timeout: 30_000, interval: 10 },
      );
      expect((await embedding.service.status()).backend).toBe(backend);
    },
    async search(text: string, mode: SearchMode) {
      // As it stands in the file: the loop that knows the model may not have started.
      const active = operations.embeddingModels().find(({ state }) => state === 'active');
      const vector =
        active === undefined
          ? ('not_ready' as const)
          : { modelPk: active.pk, modelId: active.modelId, dimension: active.dimension, vector: null };
      const answer = operations.search({ text, mode, filters: {}, fusion: 'mass', limit: 100, vector });
      return { total: answer.hits.length, problem: answer.vector_problem };
    },
    ghosts: () => {
      const { report } = operations.checkIndexes();
      expect(isSound(report)).toBe(true);
      return report.vectors;
    },
    close,
  };
}

/** Tables of vectors that hold any; one of sqlite-vec cannot be dropped without it, and stays behind empty. */
function setsInFile(): string[] {
  const { db, close: end } = openWritable(file());
  const names = db
    .prepare<[], string>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'embedding_vectors_[0-9]' ORDER BY name`,
    )
    .pluck()
    .all()
    .filter((name) => db.prepare(`SELECT 1 FROM ${name} LIMIT 1`).get() !== undefined);
  end();
  return names;
}

// Catches a memory that is of no use after a move to a machine without sqlite-vec, or back.
test.each([
  ['sqlite-vec', vec, 'table', plain],
  ['table', plain, 'sqlite-vec', vec],
])(
  'vectors of a file made with %s are searched, then made again, with another backend',
  async (was, before, is, after) => {
    const first = open(before);
    await first.capture('one', 0, 12);
    await first.capture('two', 12, 8);
    first.start();
    await first.untilAll(20, was);
    expect(await first.search('migrate table', 'mixed')).toEqual({ total: 20, problem: null });
    await first.close();

    const second = open(after);
    expect(await second.search('migrate', 'lexical')).toEqual({ total: 20, problem: null });
    expect(await second.search('npm run migrate: table locked', 'vector')).toEqual({ total: 20, problem: null });
    // Recorded and deleted while the vectors that answer may be of a set that cannot be written here.
    await second.capture('three', 20, 5);
    const direct = openWritable(file(), after);
    direct.db.exec(`DELETE FROM sessions WHERE pk = (SELECT session_pk FROM observations LIMIT 1)`);
    direct.close();
    second.maintain();
    expect(await second.search('migrate', 'lexical')).toEqual({ total: 13, problem: null });
    expect(await second.search('npm run migrate: table locked', 'vector')).toEqual({ total: 8, problem: null });
    second.start();
    await second.untilAll(13, is);
    expect(await second.search('npm run migrate: table locked', 'vector')).toEqual({ total: 13, problem: null });
    expect(second.ghosts()).toMatchObject({ rows: 13, waiting: 0, ghosts: 0 });
    await second.close();

    const third = open(before);
    expect(await third.search('migrate table', 'mixed')).toEqual({ total: 13, problem: null });
    third.start();
    await third.untilAll(13, was);
    expect(third.ghosts()).toMatchObject({ rows: 13, waiting: 0, ghosts: 0 });
    expect([first.faults, second.faults, third.faults]).toEqual([[], [], []]);
    expect(third.operations.embeddingModels()).toHaveLength(1);
    expect(setsInFile()).toEqual([`embedding_vectors_${third.operations.embeddingModels()[0]?.pk}`]);
  },
);
