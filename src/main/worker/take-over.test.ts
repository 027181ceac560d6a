import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createLogger } from '../observe/logger.ts';
import { dataPaths } from '../store/data-folder.ts';
import { readWorkerFile } from '../store/worker-file.ts';
import { startOrTakeOver } from './take-over.ts';
import { testWorkers, type TestWorker } from './testing/test-worker.ts';
import type { WorkerOptions } from './worker.ts';

const workers = testWorkers();
afterEach(() => workers.end());

const optionsOn = ({ dataDir, claudeDir }: TestWorker): WorkerOptions => ({
  dataDir,
  engine: 'headless',
  rendererDir: dataDir,
  port: 0,
  claudeSettingsFile: `${claudeDir}/settings.json`,
  log: createLogger('error', () => {}),
});

// Catches: an app that cannot be opened because an agent came first, and two workers on one file.
test('a person takes over from the worker of an agent, an agent does not', { timeout: 60_000 }, async () => {
  const first = await workers.start({ startedBy: 'agent' });
  const closed = first.left.then(async (why) => {
    await first.close();
    return why;
  });
  await first.client.memories.remember.mutate({ text: 'Deploys go out on Thursdays.' });
  expect((await first.client.status.get.query()).started_by).toBe('agent');
  const options = optionsOn(first);
  await expect(startOrTakeOver({ ...options, startedBy: 'agent' })).rejects.toMatchObject({
    code: 'DATA_FOLDER_IN_USE',
  });
  const second = await startOrTakeOver({ ...options, port: first.port });
  try {
    expect(await closed).toBe('handed over');
    expect(second.port, 'hooks are installed for it').toBe(first.port);
    expect(readWorkerFile(dataPaths(first.dataDir).worker)).toMatchObject({ url: second.url, started_by: 'person' });
    const { services } = second.createContext();
    expect((await services.memories.list({ limit: 5 })).data).toMatchObject([{ text: 'Deploys go out on Thursdays.' }]);
    await expect(startOrTakeOver(options)).rejects.toMatchObject({ code: 'DATA_FOLDER_IN_USE' });
    // Of another folder it has no token, so it can only say who is there.
    const elsewhere = startOrTakeOver({ ...options, dataDir: join(first.claudeDir, 'other'), port: second.port });
    await expect(elsewhere).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: expect.stringContaining(`the memory of another data folder (process ${process.pid})`) as string,
    });
    const authorization = `Bearer ${first.ownerToken}`;
    const asked = await fetch(`${second.url}/api/v1/admin/hand-over`, { method: 'POST', headers: { authorization } });
    expect([asked.status, await asked.json()]).toMatchObject([409, { code: 'CONFLICT' }]);
  } finally {
    await second.close();
  }
});
