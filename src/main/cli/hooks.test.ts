import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { temporaryFolder } from '../store/testing/temporary-store.ts';
import { testWorkers } from '../worker/testing/test-worker.ts';
import { exitCodes } from './cli-error.ts';
import { runCmem } from './testing/run-cmem.ts';

const workers = testWorkers();
afterEach(() => workers.end());

async function place() {
  const worker = await workers.start();
  const settings = join(worker.claudeDir, 'settings.json');
  const hooks = (name: string, ...options: string[]) =>
    runCmem(worker, ['hooks', name, '--settings', settings, ...options]);
  return { worker, settings, hooks, written: () => readFileSync(settings, 'utf8') };
}

// Catches: right hooks that are called outdated while the app is closed, and an advice that turns them to another port.
test('hooks of this data folder stay right while no worker runs', async () => {
  const { worker, settings, hooks, written } = await place();
  expect((await hooks('install')).exitCode).toBe(0);
  const right = written();
  expect(right).toContain(`${worker.url}/hooks/claude-code`);
  await worker.close();

  expect(await hooks('status')).toMatchObject({ exitCode: 0, failed: '' });
  const doctor = await runCmem(worker, ['doctor', '--settings', settings]);
  const { port } = new URL(worker.url);
  expect(doctor.printed).toContain(`installed for port ${port}`);
  expect((await hooks('install')).printed).toContain(`port ${port}`);
  expect(written()).toBe(right);

  // A port that was named counts, then and afterwards.
  const other = port === '47799' ? '47798' : '47799';
  expect((await hooks('status', '--port', other)).exitCode).toBe(exitCodes.failed);
  expect((await hooks('install', '--port', other)).exitCode).toBe(0);
  expect(written()).toBe(right.replaceAll(`:${port}/`, `:${other}/`));
  expect((await hooks('status')).exitCode).toBe(0);

  // Those of another data folder are not.
  writeFileSync(settings, written().replaceAll(worker.captureToken, 'cmc_of-another-data-folder'));
  expect(await hooks('status')).toMatchObject({
    exitCode: exitCodes.failed,
    printed: expect.stringContaining('another port or token') as unknown,
  });
  expect((await hooks('install')).printed).toContain('37700');
});

// Catches: a port that is left aside without a word.
test('a port is refused that is none, or not that of the running worker', async () => {
  const { worker, settings, hooks } = await place();
  const { port: own } = new URL(worker.url);
  for (const port of ['99999', 'abc', '0', '1']) {
    const refused = await hooks('install', '--port', port);
    expect(refused).toMatchObject({ exitCode: exitCodes.usage, printed: '' });
    expect(refused.failed).toContain(port === '1' ? `runs on port ${own}` : 'from 1 to 65535');
    const checked = await runCmem(worker, ['doctor', '--settings', settings, '--port', port]);
    expect(checked).toMatchObject({ exitCode: exitCodes.usage, failed: refused.failed });
  }
  expect(existsSync(settings)).toBe(false);
  expect((await hooks('install', '--port', own)).exitCode).toBe(0);
});

// Catches: a folder, and a token that opens nothing, made of a typo; and a first installation that no longer makes its folder.
test('a token is of a folder that is there, and the first installation makes one', async () => {
  const { dir, remove } = temporaryFolder();
  try {
    const dataDir = join(dir, 'typo');
    for (const options of [[], ['--capture']]) {
      const refused = await runCmem({ dataDir }, ['token', ...options]);
      expect(refused).toMatchObject({ exitCode: exitCodes.failed, printed: '' });
      expect(refused.failed).toContain(`no data folder ${dataDir}`);
    }
    expect(existsSync(dataDir)).toBe(false);
    const installed = await runCmem({ dataDir }, ['hooks', 'install', '--settings', join(dir, 'settings.json')]);
    expect(installed.exitCode).toBe(0);
    expect((await runCmem({ dataDir }, ['token', '--capture'])).printed).toMatch(/^cmc_/);
  } finally {
    remove();
  }
});
