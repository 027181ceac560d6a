import type { Bridge } from '../src/shared/ipc-protocol.ts';
import type { App } from './driver.ts';

declare global {
  interface Window {
    readonly bridge: Bridge;
  }
  /** Left in the main process by `spyOn`. */
  var spied: {
    /** Addresses handed to the system. */
    opened: string[];
    /** Addresses that the page tried to go to. */
    refused: string[];
    pushes: { id: number }[];
    /** The newest menu of the tray. */
    trayMenu: Electron.Menu | null;
  };
}

/** Watches, from inside the main process, what a person would see outside the window. */
export function spyOn(app: App): Promise<void> {
  return app.evaluate(({ BrowserWindow, Menu, shell }) => {
    globalThis.spied = { opened: [], refused: [], pushes: [], trayMenu: null };
    shell.openExternal = (url) => {
      spied.opened.push(url);
      return Promise.resolve();
    };
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    contents?.on('will-navigate', (event) => void spied.refused.push(event.url));
    const buildFromTemplate = Menu.buildFromTemplate.bind(Menu);
    Menu.buildFromTemplate = (template) => {
      const menu = buildFromTemplate(template);
      if (menu.getMenuItemById('pause')) spied.trayMenu = menu;
      return menu;
    };
  });
}
