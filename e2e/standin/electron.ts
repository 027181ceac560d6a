/**
 * A stand-in for the `electron` module where there is no binary: the built main process under plain Node, its windows as
 * pages of Chromium with the built preload inside. Signatures come from electron.d.ts; what is not modelled throws.
 */
import { appParts } from './app.ts';
import { StandInWindow } from './browser-window.ts';
import {
  dialogParts,
  nativeImageParts,
  nativeThemeParts,
  seen,
  shellParts,
  StandInMenu,
  StandInNotification,
  StandInTray,
} from './desktop-parts.ts';
import { ipcMainParts } from './ipc-main.ts';
import { modelled, notModelled } from './not-modelled.ts';
import { takeRemoteControl } from './remote-control.ts';
import { safeStorageParts } from './safe-storage.ts';
import { schemeParts } from './scheme.ts';
import { sessionParts } from './session.ts';

export const app = modelled<Electron.App>('app', appParts);
export const BrowserWindow = modelled<typeof StandInWindow>('BrowserWindow', StandInWindow);
export const dialog = modelled<Electron.Dialog>('dialog', dialogParts);
// Node's emitter and Electron's type the same `on` differently; the other parts are checked where they are made.
export const ipcMain = modelled<Electron.IpcMain>('ipcMain', ipcMainParts as unknown as Partial<Electron.IpcMain>);
export const Menu = modelled<typeof StandInMenu>('Menu', StandInMenu);
export const nativeImage = modelled<typeof Electron.NativeImage>('nativeImage', nativeImageParts);
export const Notification = modelled<typeof StandInNotification>('Notification', StandInNotification);
export const nativeTheme = modelled<Electron.NativeTheme>('nativeTheme', nativeThemeParts);
export const protocol = modelled<Electron.Protocol>('protocol', schemeParts);
export const safeStorage = modelled<Electron.SafeStorage>('safeStorage', safeStorageParts);
export const session = modelled<typeof Electron.Session>('session', sessionParts);
export const shell = modelled<Electron.Shell>('shell', shellParts);
export const Tray = modelled<typeof StandInTray>('Tray', StandInTray);

export const autoUpdater = notModelled<Electron.AutoUpdater>('autoUpdater');
export const clipboard = notModelled<Electron.Clipboard>('clipboard');
export const crashReporter = notModelled<Electron.CrashReporter>('crashReporter');
export const net = notModelled<Electron.Net>('net');
export const powerMonitor = notModelled<Electron.PowerMonitor>('powerMonitor');
export const screen = notModelled<Electron.Screen>('screen');

takeRemoteControl({ app, BrowserWindow, dialog, ipcMain, Menu, Notification, safeStorage, session, shell, seen });
