import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dataPaths } from './data-folder.ts';
import { lockFolder } from './folder-lock.ts';
import { StoreError } from './store-error.ts';
import { temporaryFolder } from './testing/temporary-store.ts';
import { writeWorkerFile } from './worker-file.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => void (folder = temporaryFolder()));
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  folder.remove();
});

/** Resolves when the script has said its first word. */
async function started(script: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-e', script], {
    cwd: import.meta.dirname,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  children.push(child);
  await once(child.stdout, 'data');
  return child;
}

function refusal(run: () => unknown): StoreError {
  try {
    run();
  } catch (error) {
    if (error instanceof StoreError) return error;
  }
  throw new Error('It was not refused.');
}

test('a second worker on the same folder is refused and told who is there', () => {
  const release = lockFolder(folder.dir);
  writeWorkerFile(dataPaths(folder.dir).worker, {
    pid: 4242,
    port: 37700,
    url: 'http://127.0.0.1:37700',
    started_at: 'now',
  });
  const error = refusal(() => lockFolder(folder.dir));
  expect(error.code).toBe('DATA_FOLDER_IN_USE');
  expect(error.message).toContain('4242');
  expect(error.holder).toEqual({ pid: 4242, url: 'http://127.0.0.1:37700' });
  release();
  lockFolder(folder.dir)();
});

test('a killed worker leaves no lock behind, whatever its files say', async () => {
  const script = `
    import { lockFolder } from ${JSON.stringify(join(import.meta.dirname, 'folder-lock.ts'))};
    lockFolder(${JSON.stringify(folder.dir)});
    // Catches: a lock that goes with an object that nobody holds.
    globalThis.gc();
    console.log('held');
    setInterval(() => {}, 1000);`;
  const child = await started(script);
  writeWorkerFile(dataPaths(folder.dir).worker, {
    pid: child.pid ?? 0,
    port: 1,
    url: 'http://127.0.0.1:1',
    started_at: 'now',
  });
  expect(refusal(() => lockFolder(folder.dir)).code).toBe('DATA_FOLDER_IN_USE');
  child.kill('SIGKILL');
  await once(child, 'exit');
  lockFolder(folder.dir)();
});

test('a file in the place of the folder gives a clear error', () => {
  const file = join(folder.dir, 'taken');
  writeFileSync(file, 'x');
  const error = refusal(() => lockFolder(file));
  expect(error.code).toBe('DATA_FOLDER_UNUSABLE');
  expect(error.message).toContain('--data');
});

// Catches: two workers that are started at once, hold each other up, and both go.
test('somebody who only looks at the lock for a moment does not keep it from us', async () => {
  lockFolder(folder.dir)();
  const script = `
    import Database from 'better-sqlite3';
    const lock = new Database(${JSON.stringify(dataPaths(folder.dir).lock)});
    lock.exec('BEGIN; SELECT * FROM sqlite_schema');
    console.log('looks');
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 40);
    lock.close();`;
  const child = await started(script);
  // As long as a busy machine may keep the other one from its next line.
  lockFolder(folder.dir, { collisionMs: 30_000 })();
  await once(child, 'exit');
});
