import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';
import superjson from 'superjson';
import { z } from 'zod';
import type { AppRouter } from '../../src/main/api/router.ts';
import type { ObservationDetail, SessionView } from '../../src/shared/views.ts';
import { readOrCreateToken } from '../../src/main/access/tokens.ts';
import { run, type Finished } from './real-client.ts';

const built = resolve(import.meta.dirname, '../../out/main');
const readyWithinMs = 20_000;
const stopWithinMs = 10_000;

const readyLine = z.looseObject({ event: z.literal('ready'), url: z.string() });

/** A session as the memory holds it, with everything that happened in it. */
export interface RememberedSession extends SessionView {
  timeline: ObservationDetail[];
}

/** The built headless worker in a process of its own. */
export interface WorkerProcess {
  url: string;
  sessions(): Promise<RememberedSession[]>;
  /** The hook events that have arrived. */
  hookNames(): Promise<string[]>;
  /** What is handed back to agents, over the contract. */
  context: TRPCClient<AppRouter>['context'];
  /** The whole contract. */
  api: TRPCClient<AppRouter>;
  /** Ends it as an operating system would, and waits; throws when it does not end cleanly. */
  stop(): Promise<void>;
}

export interface WorkerPlace {
  dataDir: string;
  /** The client's folder, whose transcripts are read. */
  configDir: string;
  /** 0 takes a free one. */
  port: number;
  /** Besides what the test itself was given. */
  env?: Record<string, string>;
}

/** Starts the worker and waits until it says that it is ready. Throws with what it wrote when it does not. */
export async function startWorkerProcess(place: WorkerPlace): Promise<WorkerProcess> {
  const args = [resolve(built, 'headless.js'), '--data', place.dataDir, '--port', String(place.port)];
  const env = { ...process.env, CLAUDE_CONFIG_DIR: place.configDir, ...place.env };
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (log += chunk));
  const exited = Promise.withResolvers<string>();
  child.once('exit', (code, signal) => exited.resolve(String(code ?? signal)));
  const ready = Promise.withResolvers<string>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    const parsed = readyLine.safeParse(parseJson(line));
    if (parsed.success) ready.resolve(parsed.data.url);
  });
  child.once('error', ready.reject);
  child.once('exit', (code) => ready.reject(new Error(`The worker ended with ${code}:\n${log}`)));
  const deadline = setTimeout(() => {
    ready.reject(new Error(`The worker was not ready within ${readyWithinMs} ms:\n${log}`));
    child.kill('SIGKILL');
  }, readyWithinMs);
  const url = await ready.promise.finally(() => clearTimeout(deadline));

  const token = readOrCreateToken(place.dataDir, 'owner');
  const headers = { authorization: `Bearer ${token}` };
  const api = createTRPCClient<AppRouter>({
    links: [httpLink({ url: `${url}/trpc`, transformer: superjson, headers })],
  });

  async function timelineOf(sessionId: string): Promise<ObservationDetail[]> {
    const details: ObservationDetail[] = [];
    let cursor: string | undefined;
    do {
      const page = await api.sessions.timeline.query({ session_id: sessionId, limit: 200, cursor });
      for (const { id } of page.data) details.push(await api.observations.get.query({ id }));
      cursor = page.pagination.next_cursor ?? undefined;
    } while (cursor !== undefined);
    return details;
  }

  return {
    url,
    async sessions() {
      const { data } = await api.sessions.list.query({ limit: 200 });
      return Promise.all(data.map(async (session) => ({ ...session, timeline: await timelineOf(session.id) })));
    },
    context: api.context,
    api,
    hookNames: async () => (await api.status.get.query()).hooks.map(({ name }) => name),
    async stop() {
      const kill = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
      child.kill('SIGTERM');
      const end = await exited.promise;
      clearTimeout(kill);
      if (end !== '0') throw new Error(`The worker did not stop cleanly (${end}):\n${log}`);
    },
  };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** Runs the built command line on a data folder. */
export function runCmem(dataDir: string, args: readonly string[], env: Record<string, string> = {}): Promise<Finished> {
  return run(process.execPath, [resolve(built, 'cli.js'), '--data', dataDir, ...args], {
    cwd: dataDir,
    env: { ...process.env, LANG: 'C', LC_ALL: 'C', ...env },
    timeoutMs: 30_000,
  });
}
