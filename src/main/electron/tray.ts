import { Menu, nativeImage, Tray } from 'electron';
import { join } from 'node:path';
import type { DesktopMessages } from '../../shared/messages/desktop.ts';
import type { Worker } from '../worker/worker.ts';
import type { PermissionWatch } from './permission-watch.ts';
import { trayStateLine, trayTemplate, type TrayActions, type TrayState, waitingLine } from './tray-menu.ts';

export interface TrayOptions {
  worker: Worker;
  watch: Pick<PermissionWatch, 'waiting' | 'onChange'>;
  resourcesDir: string;
  messages: DesktopMessages;
  locale: string;
  actions: TrayActions;
}

/**
 * Puts the icon into the tray and keeps its menu true; returns its removal.
 * GNOME shows no tray without an extension, so nothing may be reachable through it alone.
 */
export function showTray({ worker, watch, resourcesDir, messages, locale, actions }: TrayOptions): () => void {
  const tray = new Tray(trayImage(resourcesDir));
  let paused = worker.isPaused();
  let lastEventAt: Date | null = null;
  let shown = '';

  function refresh(): void {
    const waiting = watch.waiting();
    const state: TrayState = { port: worker.port, paused, lastEventAt, waiting };
    const template = trayTemplate(state, actions, messages, locale);
    const text = template.map((item) => `${item.id ?? ''} ${item.label ?? ''}`).join('\n');
    // Many events a second change nothing that is shown, and on Linux a new menu closes the one that is open.
    if (text === shown) return;
    shown = text;
    // Linux shows the menu as it was when it was set: it has to be set again after each change.
    tray.setContextMenu(Menu.buildFromTemplate(template));
    const line = waiting.length === 0 ? trayStateLine(state, messages) : waitingLine(waiting.length, messages.tray);
    tray.setToolTip(`Claude-Mem · ${line}`);
    if (process.platform === 'darwin') tray.setTitle(waiting.length === 0 ? '' : String(waiting.length));
  }

  const stopEvents = worker.onEvent((event) => {
    // The event tells the new state; whether the worker's own flag has followed by then is not promised.
    if (event.type === 'capture.paused' || event.type === 'capture.resumed') paused = event.type === 'capture.paused';
    else lastEventAt = new Date(event.at);
    refresh();
  });
  watch.onChange(refresh);
  tray.on('click', () => actions.open());
  refresh();
  return () => {
    stopEvents();
    tray.destroy();
  };
}

/** macOS colours template images itself; a file `…@2x.png` beside the named one is found by Electron. */
function trayImage(resourcesDir: string) {
  if (process.platform !== 'darwin') return nativeImage.createFromPath(join(resourcesDir, 'tray.png'));
  const image = nativeImage.createFromPath(join(resourcesDir, 'trayTemplate.png'));
  image.setTemplateImage(true);
  return image;
}
