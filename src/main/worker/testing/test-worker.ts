import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';
import superjson from 'superjson';
import type { AppRouter } from '../../api/router.ts';
import { createLogger } from '../../observe/logger.ts';
import { temporaryFolder } from '../../store/testing/temporary-store.ts';
import { startWorker } from '../start-worker.ts';
import type { Worker, WorkerOptions } from '../worker.ts';

export interface TestWorker extends Worker {
  claudeDir: string;
  client: TRPCClient<AppRouter>;
  ownerToken: string;
  captureToken: string;
  /** Posts one hook as Claude Code does. */
  hook(body: object | string): Promise<Response>;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Closes and opens the same data folder again. */
  restart(options?: TestWorkerOptions): Promise<TestWorker>;
}

export type TestWorkerOptions = Partial<Pick<WorkerOptions, 'secrets' | 'embedderDir' | 'startedBy' | 'unusedMs'>>;

export interface TestWorkers {
  start(options?: TestWorkerOptions): Promise<TestWorker>;
  /** Closes what is still open and removes the folders. */
  end(): Promise<void>;
}

/** Real workers on temporary folders and free ports. */
export function testWorkers(): TestWorkers {
  const ends: (() => Promise<void> | void)[] = [];
  return {
    async start(options = {}) {
      const folder = temporaryFolder();
      ends.push(() => folder.remove());
      return open(folder.dir, ends, options);
    },
    async end() {
      for (const end of ends.splice(0).toReversed()) await end();
    },
  };
}

async function open(
  dir: string,
  ends: (() => Promise<void> | void)[],
  options: TestWorkerOptions,
): Promise<TestWorker> {
  const claudeDir = join(dir, 'claude');
  mkdirSync(claudeDir, { recursive: true });
  const dataDir = join(dir, 'data');
  const worker = await startWorker({
    dataDir,
    engine: 'headless',
    rendererDir: join(dir, 'renderer'),
    port: 0,
    claudeSettingsFile: join(claudeDir, 'settings.json'),
    log: createLogger('error', () => {}),
    // A busy machine changes no answer.
    contextTimeouts: { start: 30_000, prompt: 30_000, vector: 30_000 },
    ...options,
  });
  ends.push(() => worker.close());
  const token = (name: string) => readFileSync(join(dataDir, `${name}.token`), 'utf8').trim();
  const ownerToken = token('owner');
  const authorization = `Bearer ${ownerToken}`;
  return {
    ...worker,
    claudeDir,
    ownerToken,
    captureToken: token('capture'),
    client: createTRPCClient<AppRouter>({
      links: [
        httpLink({
          url: `${worker.url}/trpc`,
          transformer: superjson,
          methodOverride: 'POST',
          headers: { authorization },
        }),
      ],
    }),
    hook: (body) =>
      fetch(`${worker.url}/hooks/claude-code`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token('capture')}`, 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    get: (path, headers = {}) => fetch(`${worker.url}${path}`, { headers: { authorization, ...headers } }),
    async restart(changed = {}) {
      await worker.close();
      return open(dir, ends, { ...options, ...changed });
    },
  };
}
