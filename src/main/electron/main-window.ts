import { app, BrowserWindow, dialog, nativeTheme } from 'electron';
import { join } from 'node:path';
import type { DesktopMessages } from '../../shared/messages/desktop.ts';
import { toLogFormat, type Logger } from '../observe/logger.ts';
import { startUrl } from './app-url.ts';
import { windowOptions } from './window-options.ts';

export interface MainWindow {
  /** Brings the window to the front, making it first when there is none; with a place, on that page (`/permissions`). */
  show(place?: string): void;
  destroy(): void;
}

export interface MainWindowOptions {
  preload: string;
  resourcesDir: string;
  messages: DesktopMessages;
  log: Logger;
}

/** The app's one window. Closing it frees its renderer; the worker goes on, and `show` makes it again. */
export function createMainWindow({ preload, resourcesDir, messages, log }: MainWindowOptions): MainWindow {
  let window: BrowserWindow | null = null;

  function open(place: string | undefined): BrowserWindow {
    const opened = new BrowserWindow(
      windowOptions({
        preload,
        icon: join(resourcesDir, 'icon.png'),
        dark: nativeTheme.shouldUseDarkColors,
        platform: process.platform,
        developer: !app.isPackaged,
      }),
    );
    opened.once('ready-to-show', () => opened.show());
    opened.on('closed', () => {
      if (window === opened) window = null;
    });
    reloadOnce(opened);
    load(opened, place);
    return opened;
  }

  /** A page that is there already only changes its hash, which is its own router's to follow. */
  function load(opened: BrowserWindow, place: string | undefined): void {
    opened.loadURL(place === undefined ? startUrl : `${startUrl}#${place}`).catch((cause: unknown) => {
      // A window that is closed while it loads ends here as well.
      if (!opened.isDestroyed()) log.error('The window could not be loaded.', { cause: toLogFormat(cause) });
    });
  }

  /** The first crash of a page may be chance; a second one in the same window would only come again. */
  function reloadOnce(opened: BrowserWindow): void {
    let reloaded = false;
    opened.webContents.on('render-process-gone', (_event, details) => {
      if (details.reason === 'clean-exit' || opened.isDestroyed()) return;
      log.error('The window has crashed.', { reason: details.reason, exitCode: details.exitCode, reloaded });
      if (!reloaded) {
        reloaded = true;
        opened.webContents.reload();
        return;
      }
      opened.destroy();
      dialog.showErrorBox(messages.failure.windowTitle, messages.failure.window);
    });
  }

  return {
    show(place) {
      if (!window) {
        window = open(place);
        return;
      }
      if (place !== undefined) load(window, place);
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    destroy() {
      window?.destroy();
    },
  };
}
