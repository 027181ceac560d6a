import { expect, vi } from 'vitest';
import { defaultEmbeddingSettings } from '../../embed/settings.ts';
import { startEmbeddingServer, type EmbeddingServer } from '../../embed/testing/embedding-server.ts';
import type { EmbeddingSettings, EmbeddingStatus } from '../../../shared/embedding-views.ts';
import { testWorkers, type TestWorker, type TestWorkers } from './test-worker.ts';

export interface EmbeddingWork {
  workers: TestWorkers;
  server: EmbeddingServer;
  /** Settings for the server. */
  endpoint(more?: Partial<EmbeddingSettings>): EmbeddingSettings;
  end(): Promise<void>;
}

/** Workers, and an endpoint of 24 dimensions for them to ask. */
export async function embeddingWork(): Promise<EmbeddingWork> {
  const workers = testWorkers();
  const server = await startEmbeddingServer(24);
  return {
    workers,
    server,
    endpoint: (more = {}) => ({
      ...defaultEmbeddingSettings,
      kind: 'endpoint',
      base_url: server.baseUrl,
      model: 'small',
      ...more,
    }),
    async end() {
      await workers.end();
      await server.close();
    },
  };
}

export async function capture(worker: TestWorker, count: number, from = 0): Promise<void> {
  for (let n = from; n < from + count; n++) {
    const answer = await worker.hook({
      session_id: 's1',
      cwd: '/repo',
      hook_event_name: 'PostToolUse',
      tool_name: 'Bash',
      tool_use_id: `t${n}`,
      tool_input: { command: `npm run migrate -- --step ${n}` },
      tool_response: { stdout: `table ${n} was locked`, stderr: '' },
    });
    expect(answer.ok).toBe(true);
  }
}

/** The first status of which it holds. */
export async function until(worker: TestWorker, holds: (status: EmbeddingStatus) => boolean): Promise<EmbeddingStatus> {
  const found: { status: EmbeddingStatus | null } = { status: null };
  await vi.waitUntil(
    async () => {
      found.status = await worker.client.embedding.status.query();
      return holds(found.status);
    },
    { timeout: 30_000, interval: 20 },
  );
  if (found.status === null) throw new Error('There was no status.');
  return found.status;
}

/** All of so many rows have their vectors. */
export const isDone =
  (vectors: number) =>
  (status: EmbeddingStatus): boolean =>
    status.state === 'idle' && status.active?.vectors === vectors;

/** All rows have vectors of so many dimensions. */
export const hasDimension =
  (dimension: number) =>
  (status: EmbeddingStatus): boolean =>
    status.state === 'idle' && status.active?.dimension === dimension;

export function configure(worker: TestWorker, settings: EmbeddingSettings, key?: string | null) {
  return worker.client.embedding.configure.mutate({ settings, key });
}
