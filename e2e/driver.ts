import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from './driver/browser-engine.ts';
import { electronBinary, launchElectron } from './driver/electron-engine.ts';
import type { App, Engine, EngineApp, LaunchPlace } from './driver/engine.ts';
import { launchStandIn } from './driver/stand-in-engine.ts';

export type { App, Engine } from './driver/engine.ts';

export interface LaunchOptions {
  /** The best desktop engine that is there, unless said otherwise. */
  engine?: Engine | undefined;
  /** Kept when given; else a temporary one, removed at the end. */
  dataDir?: string | undefined;
  env?: Readonly<Record<string, string>> | undefined;
  /** Further arguments of the app. */
  args?: readonly string[] | undefined;
}

const launchers: Record<Engine, (place: LaunchPlace) => Promise<EngineApp>> = {
  electron: launchElectron,
  'stand-in': launchStandIn,
  browser: launchBrowser,
};

/** The real Electron where there is a binary, else its stand-in; and the web viewer in a browser. */
export function availableEngines(): Engine[] {
  return [desktopEngine(), 'browser'];
}

/** The engine that the desktop-only specs run on. */
export function desktopEngine(): Engine {
  if (electronBinary()) return 'electron';
  // Where the real one is meant to be tested, its absence must not pass for a success.
  if (process.env['E2E_ENGINE'] === 'electron') {
    throw new Error('E2E_ENGINE=electron, but there is no Electron binary. Get it with: npx install-electron');
  }
  return 'stand-in';
}

/** Starts the built app on a data folder of its own; `close` ends every process and removes every folder it made. */
export async function launchApp(options: LaunchOptions = {}): Promise<App> {
  const engine = options.engine ?? desktopEngine();
  const folder = mkdtempSync(join(tmpdir(), 'claude-mem-e2e-'));
  const removeFolder = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  const dataDir = options.dataDir ?? join(folder, 'data');
  const claudeDir = join(folder, 'claude');
  try {
    const app = await launchers[engine]({
      dataDir,
      args: ['--data', dataDir, '--port', '0', ...(options.args ?? [])],
      // The person's own settings of Claude Code are out of reach of every spec.
      env: { ...inheritedEnvironment(), CLAUDE_CONFIG_DIR: claudeDir, ...options.env },
    });
    return {
      ...app,
      engine,
      dataDir,
      claudeDir,
      async screenshot(file) {
        await (await app.page()).screenshot({ path: file, animations: 'disabled' });
      },
      async close() {
        try {
          await app.close();
        } finally {
          removeFolder();
        }
      },
    };
  } catch (cause) {
    removeFolder();
    throw cause;
  }
}

/** Without what would move the app's folders, port or Node's behaviour. */
function inheritedEnvironment(): Record<string, string> {
  const dropped = new Set(['CLAUDE_MEM_DATA', 'CLAUDE_MEM_PORT', 'NODE_OPTIONS', 'ELECTRON_RUN_AS_NODE']);
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([key, value]) =>
      value === undefined || dropped.has(key) ? [] : [[key, value]],
    ),
  );
}
