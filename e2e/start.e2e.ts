import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, expect, test } from 'vitest';
import { readWorkerFile } from '../src/main/store/worker-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'cmem-start-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

// Catches: a worker that runs on for good when whatever started the program ends it.
test.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)('npm start that is ended by %s ends its worker', async (signal) => {
  const dataDir = join(folder, signal);
  const script = resolve(import.meta.dirname, '../scripts/start.ts');
  const started = spawn(process.execPath, [script, '--headless', '--data', dataDir, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, LANG: 'C', LC_ALL: 'C', CLAUDE_CONFIG_DIR: join(folder, 'claude') },
  });
  const ended = once(started, 'exit');
  const lines: string[] = [];
  for await (const line of createInterface({ input: started.stdout })) {
    lines.push(line);
    // The last thing it says before it waits.
    if (line.includes('Ctrl-C')) break;
  }
  const worker = readWorkerFile(join(dataDir, 'worker.json'));
  expect(worker, lines.join('\n')).not.toBeNull();
  expect(isRunning(worker?.pid ?? 0)).toBe(true);
  started.kill(signal);
  expect(await ended).toEqual([0, null]);
  expect(isRunning(worker?.pid ?? 0)).toBe(false);
});
