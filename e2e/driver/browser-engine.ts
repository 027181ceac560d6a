import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, type Page } from 'playwright-core';
import { z } from 'zod';
import { chromiumLaunch } from '../chromium.ts';
import { projectRoot, startProcess } from './app-process.ts';
import type { EngineApp, LaunchPlace } from './engine.ts';
import { rendered } from './window-page.ts';

const readyLine = z.object({ event: z.literal('ready'), url: z.string(), viewer_url: z.string(), pid: z.number() });

const desktopOnly = (): Promise<never> => Promise.reject(new Error('A browser has no main process of Electron.'));

/** The headless worker, and the web viewer in Chromium, opened by its one-time link. */
export async function launchBrowser({ args, env }: LaunchPlace): Promise<EngineApp> {
  const command = [join(projectRoot, 'out/main/headless.js'), '--viewer-link', ...args];
  const worker = startProcess(process.execPath, command, env);
  const browser = await chromium.launch(await chromiumLaunch()).catch((cause: unknown) => {
    worker.child.kill('SIGKILL');
    throw cause;
  });
  let opened: Promise<Page> | undefined;

  const close = async (): Promise<void> => {
    await browser.close();
    worker.child.kill('SIGTERM');
    await worker.ended();
  };

  try {
    if (!worker.child.stdout) throw new Error('The worker has no standard output.');
    const [line] = (await worker.orExit(once(createInterface(worker.child.stdout), 'line'))) as [string];
    const ready = readyLine.parse(JSON.parse(line));

    const openViewer = async (): Promise<Page> => {
      const page = await browser.newPage({ viewport: { width: 1240, height: 820 } });
      await page.goto(ready.viewer_url);
      return page;
    };
    return {
      url: ready.url,
      pid: ready.pid,
      exited: worker.exited,
      close,
      evaluate: desktopOnly,
      launchAgain: desktopOnly,
      // The link opens once; the page keeps what it was given.
      page: async () => rendered(await (opened ??= openViewer())),
    };
  } catch (cause) {
    await close();
    throw cause;
  }
}
