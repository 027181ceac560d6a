import { existsSync } from 'node:fs';
import { join } from 'node:path';

export interface Surroundings {
  platform: NodeJS.Platform;
  env: Record<string, string | undefined>;
  isRoot: boolean;
  /** The Electron program; null when there is none. */
  electron: string | null;
}

export type Reason = 'ready' | 'asked' | 'no_electron' | 'no_display' | 'root' | 'named_missing';
export type Choice = { engine: 'desktop'; electron: string; reason: 'ready' } | { engine: 'headless'; reason: Reason };

/** The desktop where it can show itself, else the worker with the web viewer; and why. */
export function chooseEngine({ platform, env, isRoot, electron }: Surroundings, headlessAsked: boolean): Choice {
  if (headlessAsked) return { engine: 'headless', reason: 'asked' };
  if (electron === null) return { engine: 'headless', reason: env['ELECTRON_BIN'] ? 'named_missing' : 'no_electron' };
  if (platform === 'linux') {
    if (!env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return { engine: 'headless', reason: 'no_display' };
    // Chromium's sandbox does not run as root, and without it the window would not be safe.
    if (isRoot) return { engine: 'headless', reason: 'root' };
  }
  return { engine: 'desktop', electron, reason: 'ready' };
}

const programs: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

/** `ELECTRON_BIN`, else what npm has put into the project; null when the file is not there. */
export function findElectron(projectRoot: string, env: Record<string, string | undefined>): string | null {
  const unpacked = join(projectRoot, 'node_modules/electron/dist', programs[process.platform] ?? 'electron');
  const file = env['ELECTRON_BIN'] || unpacked;
  return existsSync(file) ? file : null;
}
