import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dataPaths } from '../src/main/store/data-folder.ts';
import { readWorkerFile } from '../src/main/store/worker-file.ts';
import { launchApp } from './driver.ts';
import { projectRoot } from './driver/app-process.ts';
import { until } from './driver/until.ts';

let folder: string;
const ends: (() => Promise<unknown>)[] = [];

beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'claude-mem-hand-over-'))));
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

/** A built program of ours on the folder, which ends with the test. */
function run(script: string, args: readonly string[], dataDir: string) {
  const child = spawn(process.execPath, [join(projectRoot, 'out/main', script), ...args, '--data', dataDir], {
    env: { ...process.env, CLAUDE_MEM_PORT: '0', CLAUDE_CONFIG_DIR: join(folder, 'claude') },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const exited: Promise<unknown[]> = once(child, 'exit');
  ends.push(async () => {
    child.kill('SIGTERM');
    await exited;
  });
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  return { child, exited, lines };
}

/** `cmem mcp` as an agent starts it; each call waits for its answer. */
function agentOn(dataDir: string) {
  const { child, lines } = run('cli.js', ['mcp'], dataDir);
  let last = 0;
  const say = (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const ask = (method: string, params: object) => {
    const id = ++last;
    say({ id, method, params });
    return until(`the answer to ${method}`, () => Promise.resolve(lines.find((line) => line.includes(`"id":${id}`))));
  };
  return {
    ask,
    stats: () => ask('tools/call', { name: 'stats', arguments: {} }),
    async begin() {
      await ask('initialize', {
        protocolVersion: '2025-06-18',
        capabilities: {},
        clientInfo: { name: 'a', version: '1' },
      });
      say({ method: 'notifications/initialized' });
    },
  };
}

const workerOf = (dataDir: string) => readWorkerFile(dataPaths(dataDir).worker);

// Catches: an app that cannot be opened because an agent started the memory first, and an agent that loses it by that.
test('the desktop takes the place of the worker that an agent started, and the agent goes on', async () => {
  const dataDir = join(folder, 'data');
  const agent = agentOn(dataDir);
  await agent.begin();
  expect(await agent.stats()).toContain('"sessions":0');
  const before = workerOf(dataDir);
  expect(before).toMatchObject({ started_by: 'agent' });

  const app = await launchApp({ dataDir });
  ends.push(() => app.close());
  expect(workerOf(dataDir)).toMatchObject({ pid: app.pid, started_by: 'person' });
  await until('the old worker has ended', () => Promise.resolve(!isAlive(before?.pid ?? 0)));
  expect(await agent.stats()).toContain('"sessions":0');
  expect(workerOf(dataDir)).toMatchObject({ pid: app.pid });
});

// Catches: an app that stops what a person has started, or that does not say who is there.
test('the desktop leaves the worker of a person alone, and says who it is', async () => {
  const dataDir = join(folder, 'data');
  const { child } = run('headless.js', [], dataDir);
  const worker = await until('the worker is ready', () => Promise.resolve(workerOf(dataDir)));
  await expect(launchApp({ dataDir })).rejects.toThrow(new RegExp(`process ${child.pid}[^]*${worker.url}[^]*Stop it`));
  expect((await fetch(`${worker.url}/api/v1/health`)).status).toBe(200);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
