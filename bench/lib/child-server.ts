import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const root = resolve(import.meta.dirname, '../..');
/** Longer than any start-up; a server that says nothing until then will not. */
const readyDeadlineMs = 30_000;

export interface ChildServer {
  url: string;
  port: number;
  pid: number;
  /** From the spawn to the line that says that it is ready. */
  readyMs: number;
  /** The end of its error output. */
  errors(): string;
  /** Asks it to stop (SIGTERM) and waits; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** Kills it (SIGKILL) and waits. */
  kill(): Promise<void>;
}

export interface WorkerServer extends ChildServer {
  dataDir: string;
  ownerToken: string;
  captureToken: string;
}

/** Starts a Node program that prints `{"event":"ready","url":…}`; throws with its error output when it does not. */
export async function startChild(
  script: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Promise<ChildServer> {
  const started = performance.now();
  const child = spawn(process.execPath, [join(root, script), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const exited = once(child, 'exit');
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors = (errors + chunk.toString()).slice(-8_000);
  });
  const { promise: ready, resolve: isReady, reject } = Promise.withResolvers<string>();
  const deadline = setTimeout(
    () => reject(new Error(`${script} was not ready after ${readyDeadlineMs} ms:\n${errors}`)),
    readyDeadlineMs,
  );
  child.once('error', reject);
  child.once('exit', (code, signal) =>
    reject(new Error(`${script} ended with ${code ?? signal} before it was ready:\n${errors}`)),
  );
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.includes('"ready"')) isReady(line);
  });
  try {
    const { url } = JSON.parse(await ready) as { url: string };
    const end = async (signal: NodeJS.Signals) => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await exited;
      return child.exitCode;
    };
    return {
      url,
      port: Number(new URL(url).port),
      pid: child.pid ?? 0,
      readyMs: performance.now() - started,
      errors: () => errors,
      stop: () => end('SIGTERM'),
      kill: async () => void (await end('SIGKILL')),
    };
  } catch (error) {
    child.kill('SIGKILL');
    throw error;
  } finally {
    clearTimeout(deadline);
  }
}

/** The built headless worker on a data folder, on a free port. */
export async function startWorkerProcess(dataDir: string, env: Record<string, string> = {}): Promise<WorkerServer> {
  // Claude Code's own settings and transcripts stay out of it.
  const server = await startChild('out/main/headless.js', ['--data', dataDir, '--port', '0'], {
    CLAUDE_CONFIG_DIR: join(dataDir, 'claude'),
    ...env,
  });
  try {
    const token = async (name: string) => (await readFile(join(dataDir, `${name}.token`), 'utf8')).trim();
    return { ...server, dataDir, ownerToken: await token('owner'), captureToken: await token('capture') };
  } catch (error) {
    await server.kill();
    throw error;
  }
}

/** A bare node:http server that reads the body and answers 204: the least that any worker could cost. */
export function startBareServer(): Promise<ChildServer> {
  return startChild('bench/lib/bare-server.mjs', []);
}
