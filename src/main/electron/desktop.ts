import { app, dialog, ipcMain, Menu, safeStorage, session } from 'electron';
import { join } from 'node:path';
import { claudeSettingsFile } from '../capture/claude-settings-file.ts';
import { toLogFormat, type Logger } from '../observe/logger.ts';
import type { Worker, WorkerOptions } from '../worker/worker.ts';
import type { StartedBy } from '../../shared/views.ts';
import { dataPaths } from '../store/data-folder.ts';
import { serveAppScheme } from './app-scheme.ts';
import { applicationMenuTemplate } from './application-menu.ts';
import { guardContents } from './guard-contents.ts';
import { guardSession } from './guard-session.ts';
import { createMainWindow } from './main-window.ts';
import { messagesFor } from './messages-for.ts';
import { notifyOfPermissions } from './permission-notifications.ts';
import { watchPermissions } from './permission-watch.ts';
import { createQuitSequence } from './quit-sequence.ts';
import { createSecretStore } from './secret-store.ts';
import { serveTrpc } from './serve-trpc.ts';
import { describeStartupFailure } from './startup-failure.ts';
import { showTray } from './tray.ts';

export interface DesktopOptions {
  dataDir: string;
  /** 0 takes a free one. */
  port: number;
  /** Starts without a window. */
  hidden: boolean;
  startedBy: StartedBy;
  /** The built app: `main`, `preload` and `renderer`. */
  builtDir: string;
  resourcesDir: string;
  log: Logger;
  startWorker: (options: WorkerOptions) => Promise<Worker>;
}

/** Draining takes milliseconds; a disk that hangs must not keep the app from quitting. */
const quitDeadlineMs = 5000;

/** Starts the worker and puts the desktop around it; returns once the app is up, or is about to quit. */
export async function startDesktop(options: DesktopOptions): Promise<void> {
  const { builtDir, resourcesDir, dataDir, port, log } = options;
  const rendererDir = join(builtDir, 'renderer');
  const stops: (() => void)[] = [];
  let starting: Promise<Worker> | null = null;

  guardContents(log);
  const quitting = createQuitSequence(
    {
      hide: () => stops.toReversed().forEach((stop) => stop()),
      drain: async () => {
        // A start that failed has nothing to drain, and was shown to the person already.
        const worker = await starting?.catch(() => null);
        await worker?.close();
      },
      quit: () => app.quit(),
      onIncomplete: (reason, cause) =>
        log.error('The worker did not close in order.', {
          reason,
          cause: cause === undefined ? null : toLogFormat(cause),
        }),
    },
    quitDeadlineMs,
  );
  app.on('before-quit', quitting.onBeforeQuit);
  // A listener is what keeps the app alive without a window: without one Electron quits.
  app.on('window-all-closed', () => undefined);

  await app.whenReady();
  const locale = app.getLocale();
  const messages = messagesFor(locale);
  guardSession(session.defaultSession);
  stops.push(serveAppScheme(rendererDir));
  const menu = applicationMenuTemplate({ platform: process.platform, developer: !app.isPackaged }, messages);
  Menu.setApplicationMenu(Menu.buildFromTemplate(menu));

  starting = options.startWorker({
    dataDir,
    engine: 'desktop',
    startedBy: options.startedBy,
    rendererDir,
    port,
    claudeSettingsFile: claudeSettingsFile(),
    embedderDir: join(resourcesDir, 'embedder'),
    secrets: createSecretStore({ file: dataPaths(dataDir).secrets, safeStorage, platform: process.platform }),
    log,
  });
  const worker = await starting.catch((cause: unknown) => {
    log.error('The worker could not start.', { cause: toLogFormat(cause) });
    dialog.showErrorBox(messages.failure.title, describeStartupFailure(cause, { folder: dataDir, port }, messages));
    app.quit();
    return null;
  });
  if (!worker || quitting.isQuitting()) return;

  const { router } = worker;
  const ipc = serveTrpc({ ipc: ipcMain, router, createContext: () => worker.createContext(), log });
  stops.push(ipc.stop);
  const preload = join(builtDir, 'preload', 'index.cjs');
  const window = createMainWindow({ preload, resourcesDir, messages, log });
  stops.push(window.destroy);
  const open = (place?: string): void => {
    if (quitting.isQuitting()) return;
    worker.adopt();
    window.show(place);
  };
  const showPermission = (id: string | null): void =>
    open(id === null ? '/permissions' : `/permissions?request=${encodeURIComponent(id)}`);
  // Launching the app again is the way to the window where there is no tray.
  app.on('second-instance', () => open());
  app.on('activate', () => open());

  const setPaused = (paused: boolean): void => {
    worker.setPaused(paused).catch((cause: unknown) => {
      log.error('Capture could not be paused or resumed.', { cause: toLogFormat(cause) });
      dialog.showErrorBox(messages.failure.pauseTitle, toLogFormat(cause));
    });
  };
  const watch = watchPermissions(worker, log);
  stops.push(watch.stop);
  const { decide } = watch;
  const actions = { open: () => open(), showPermission, decide, setPaused, quit: () => app.quit() };
  stops.push(showTray({ worker, watch, resourcesDir, messages, locale, actions }));
  stops.push(notifyOfPermissions({ worker, watch, messages, log, open: showPermission }));

  if (!options.hidden) open();
  void worker.left.then(() => app.quit());
  log.info('The desktop is ready.', { url: worker.url });
}
