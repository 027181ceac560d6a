import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { _electron } from 'playwright-core';
import { projectRoot } from './app-process.ts';
import type { EngineApp, LaunchPlace } from './engine.ts';
import { patienceMs, until } from './until.ts';
import { rendered, workerUrl } from './window-page.ts';

const binaries: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  linux: 'electron',
  win32: 'electron.exe',
};

/** `ELECTRON_BIN`, else the one that the package downloads; null when there is none. */
export function electronBinary(): string | null {
  const named = process.env['ELECTRON_BIN'];
  if (named) return named;
  const binary = binaries[process.platform];
  const file = binary ? join(projectRoot, 'node_modules/electron/dist', binary) : '';
  return file && existsSync(file) ? file : null;
}

/** The real Electron, driven by Playwright. */
export async function launchElectron({ dataDir, args, env }: LaunchPlace): Promise<EngineApp> {
  const executablePath = electronBinary();
  if (!executablePath) throw new Error('There is no Electron binary: run `npx install-electron` or set ELECTRON_BIN.');
  // Chromium's sandbox refuses to run as root.
  const command = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), projectRoot, ...args];
  const app = await _electron.launch({ executablePath, args: command, env, cwd: projectRoot, timeout: patienceMs });
  const child = app.process();
  const pid = child.pid ?? 0;
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const close = async (): Promise<void> => {
    await app.close().catch(() => child.kill('SIGKILL'));
    await exited;
  };

  try {
    return {
      url: await workerUrl(dataDir, pid),
      pid,
      exited,
      close,
      evaluate: (run, argument) => app.evaluate(run as never, argument as never),
      launchAgain: () =>
        new Promise((resolve) => {
          spawn(executablePath, command, { cwd: projectRoot, env, stdio: 'ignore' }).once('exit', resolve);
        }),
      page: () =>
        until('the window shows something', () => {
          const page = app.windows().find((window) => !window.isClosed() && window.url().startsWith('app:'));
          return page ? rendered(page) : null;
        }),
    };
  } catch (cause) {
    await close();
    throw cause;
  }
}
