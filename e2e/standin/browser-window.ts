import { EventEmitter } from 'node:events';
import { appParts, closeOnQuit, isSandboxed } from './app.ts';
import { modelled } from './not-modelled.ts';
import { StandInContents } from './web-contents.ts';

const windows: StandInWindow[] = [];

function refuseInsecure(preferences: Electron.WebPreferences): void {
  const { contextIsolation, sandbox, nodeIntegration, webSecurity, webviewTag } = preferences;
  const isSafe = contextIsolation && sandbox && nodeIntegration === false && webSecurity && webviewTag === false;
  if (!isSafe) throw new Error('The stand-in for electron refuses windows whose safe webPreferences are not stated.');
  if (!isSandboxed()) throw new Error('The stand-in for electron refuses windows before app.enableSandbox().');
}

/** A window whose content is a page of Chromium; of the frame around it only its state is modelled. */
export class StandInWindow
  extends EventEmitter
  implements
    Pick<
      Electron.BrowserWindow,
      | 'loadURL'
      | 'show'
      | 'hide'
      | 'focus'
      | 'minimize'
      | 'restore'
      | 'isMinimized'
      | 'isVisible'
      | 'isDestroyed'
      | 'close'
      | 'destroy'
      | 'getTitle'
    >
{
  static getAllWindows(): StandInWindow[] {
    return [...windows];
  }

  readonly webContents: Electron.WebContents;
  private readonly contents: StandInContents;
  private readonly title: string;
  private visible: boolean;
  private minimized = false;
  private destroyed = false;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    const { webPreferences = {}, width = 800, height = 600, show = true, title = '' } = options;
    refuseInsecure(webPreferences);
    if (!webPreferences.preload) throw new Error('The stand-in for electron models only windows with a preload.');
    this.title = title;
    this.visible = show;
    this.contents = new StandInContents({ preload: webPreferences.preload, width, height });
    this.webContents = modelled('webContents', this.contents as unknown as Partial<Electron.WebContents>);
    this.contents.facade = this.webContents;
    this.contents.once('dom-ready', () => this.emit('ready-to-show', {}));
    windows.push(this);
    closeOnQuit.add(this.destroyOnQuit);
    appParts.emit('web-contents-created', {}, this.webContents);
    appParts.emit('browser-window-created', {}, this);
    return modelled<StandInWindow>('BrowserWindow', this);
  }

  loadURL(url: string): Promise<void> {
    return this.contents.load(url);
  }
  show(): void {
    this.visible = true;
    this.emit('show', {});
  }
  hide(): void {
    this.visible = false;
    this.emit('hide', {});
  }
  focus(): void {
    this.emit('focus', {});
  }
  minimize(): void {
    this.minimized = true;
  }
  restore(): void {
    this.minimized = false;
  }
  isMinimized(): boolean {
    return this.minimized;
  }
  isVisible(): boolean {
    return this.visible && !this.minimized;
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  getTitle(): string {
    return this.title;
  }

  close(): void {
    let prevented = false;
    this.emit('close', { preventDefault: () => (prevented = true) });
    if (!prevented) this.destroy();
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    closeOnQuit.delete(this.destroyOnQuit);
    windows.splice(
      windows.findIndex((window) => window.contents === this.contents),
      1,
    );
    this.contents.destroy();
    this.emit('closed', {});
    if (windows.length > 0) return;
    // As in Electron: without a listener, the last window takes the app with it.
    if (appParts.listenerCount('window-all-closed') === 0) appParts.quit?.();
    else appParts.emit('window-all-closed');
  }

  private readonly destroyOnQuit = (): void => this.destroy();
}
