import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { noSecretStore } from '../embed/secret-store.ts';
import { builtinModelFolder } from '../embed/static/model-folder.ts';
import { createSharedModel } from '../embed/static/shared-model.ts';
import { openReadable } from '../store/database.ts';
import { temporaryFolder } from '../store/testing/temporary-store.ts';
import { createEmbedding } from './embedding-service.ts';
import { createReaderOperations } from './reader-operations.ts';
import type { Reader } from './reader-pool.ts';
import { createWriter } from './writer.ts';
import type { WriterRequest } from './writer-client.ts';

// Catches a job that stands still until the next start because a full disk refused the second set of vectors.
test('a new set that cannot be written leaves the job at work on the one before', async () => {
  const folder = temporaryFolder();
  const file = join(folder.dir, 'memory.db');
  const writer = createWriter(file, {});
  const readable = openReadable(file, {});
  const operations = createReaderOperations(readable.db, createSharedModel(builtinModelFolder()));
  const call = (name: keyof typeof operations, ...given: unknown[]) =>
    Promise.resolve().then(() => (operations[name] as (...given: unknown[]) => unknown)(...given));
  const reader = { call, close: () => Promise.resolve() } as unknown as Reader;
  const submit = (task: WriterRequest) => {
    if (task.kind === 'vector-model' && task.change.what === 'create') return Promise.reject(new Error('disk full'));
    writer.enqueue([{ ...task, ticket: 1 }]);
    writer.drain(() => {});
    return Promise.resolve(null);
  };
  const embedding = createEmbedding({
    reader,
    intake: reader,
    writer: { ready: writer.ready, submit },
    secrets: noSecretStore,
    modelProblem: null,
    env: {},
    onFault: () => {},
  });
  const capture = async (id: string) => {
    const body = JSON.stringify({
      session_id: 's',
      cwd: '/repo',
      hook_event_name: 'PostToolUse',
      tool_name: 'Bash',
      tool_use_id: id,
      tool_input: { command: `npm run ${id}` },
      tool_response: { stdout: 'the table was locked', stderr: '' },
    });
    await submit({ kind: 'hook', body, sizeBytes: body.length, receivedAt: Date.now() });
    embedding.wake();
  };
  const vectors = async () => (await embedding.service.status()).active?.vectors;
  await capture('one');
  embedding.start();
  await vi.waitUntil(async () => (await vectors()) === 1, { timeout: 30_000, interval: 10 });
  await expect(embedding.service.rebuild()).rejects.toThrow('disk full');
  await capture('two');
  await vi.waitUntil(async () => (await vectors()) === 2, { timeout: 30_000, interval: 10 });
  await embedding.close();
  readable.close();
  writer.close();
  folder.remove();
});
