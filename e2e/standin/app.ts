import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { pathToFileURL } from 'node:url';
import { closeBrowser } from './browser.ts';
import { lockInstance, type InstanceLock } from './single-instance.ts';
import { closeSchemeRegistration } from './scheme.ts';

/** Windows add themselves here, so that quitting can close them. */
export const closeOnQuit = new Set<() => void>();

const paths = new Map<string, string>([['temp', tmpdir()]]);
const emitter = new EventEmitter();
let ready = false;
let sandboxed = false;
let quitting = false;
let lock: InstanceLock | undefined;

const whenReady = new Promise<void>((resolve) => {
  // As in Electron, ready comes after the main module was evaluated: awaiting it at the top level there never ends.
  const main = pathToFileURL(process.argv[1] ?? '').href;
  const becomeReady = (): void => {
    ready = true;
    closeSchemeRegistration();
    emitter.emit('ready', {}, {});
    resolve();
  };
  setImmediate(() => void import(main).then(becomeReady, becomeReady));
});

/** `defaultPrevented` of an event that listeners may prevent. */
function isPrevented(name: string): boolean {
  let prevented = false;
  emitter.emit(name, { preventDefault: () => (prevented = true) });
  return prevented;
}

function quit(): void {
  if (quitting || isPrevented('before-quit')) return;
  quitting = true;
  for (const close of closeOnQuit) close();
  if (isPrevented('will-quit')) {
    quitting = false;
    return;
  }
  emitter.emit('quit', {}, 0);
  void end(0);
}

async function end(code: number): Promise<void> {
  await lock?.told;
  await closeBrowser();
  lock?.release();
  process.exit(code);
}

const parts: Partial<Electron.App> = {
  isPackaged: true,
  whenReady: () => whenReady,
  isReady: () => ready,
  getLocale: () => (ready ? (process.env['STANDIN_LOCALE'] ?? 'en-US') : ''),
  getName: () => 'Claude-Mem Desktop',
  getPath(name) {
    const path = paths.get(name);
    if (!path) throw new Error(`The stand-in for electron has no path '${name}'.`);
    return path;
  },
  setPath(name, path) {
    if (!existsSync(path)) throw new Error(`Failed to set path: ${path} does not exist`);
    paths.set(name, path);
  },
  enableSandbox() {
    if (ready) throw new Error('app.enableSandbox() can only be called before app is ready');
    sandboxed = true;
  },
  setAppUserModelId: () => undefined,
  setBadgeCount: () => true,
  requestSingleInstanceLock() {
    const profile = paths.get('userData');
    if (!profile) throw new Error('The stand-in locks only a profile that was set with app.setPath.');
    lock ??= lockInstance(profile, (argv, cwd) => emitter.emit('second-instance', {}, argv, cwd, {}));
    return lock.acquired;
  },
  hasSingleInstanceLock: () => lock?.acquired ?? false,
  quit,
  exit: (code = 0) => void end(code),
};

export const appParts = Object.assign(emitter, parts);

/** Whether every window of the app is sandboxed. */
export const isSandboxed = (): boolean => sandboxed;

// Chromium quits the app in order on these.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, quit);
