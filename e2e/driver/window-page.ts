import type { Page } from 'playwright-core';
import { dataPaths } from '../../src/main/store/data-folder.ts';
import { readWorkerFile } from '../../src/main/store/worker-file.ts';
import { patienceMs, until } from './until.ts';

/** Waits for the worker of this process to answer; gives its address. */
export async function workerUrl(dataDir: string, pid: number): Promise<string> {
  const { worker } = dataPaths(dataDir);
  return until('the worker says where it listens', () => {
    const file = readWorkerFile(worker);
    return file?.pid === pid ? file.url : null;
  });
}

/** Waits until the page has rendered something. */
export async function rendered(page: Page): Promise<Page> {
  await page.locator('#root > *').first().waitFor({ state: 'attached', timeout: patienceMs });
  return page;
}
