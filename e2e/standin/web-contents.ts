import { EventEmitter } from 'node:events';
import type { Page, Route } from 'playwright-core';
import { openPage } from './browser.ts';
import { invoke, ipcMainParts } from './ipc-main.ts';
import { linkPreload, type PreloadLink, type PreloadMessage } from './preload-link.ts';
import { fromPageUrl, handlerOf, toPageUrl } from './scheme.ts';
import { isCancelled } from './session.ts';

interface PageOptions {
  preload: string;
  width: number;
  height: number;
}

type OpenHandler = Parameters<Electron.WebContents['setWindowOpenHandler']>[0];

let lastId = 0;

/** A page of Chromium, seen as Electron's `webContents`. */
export class StandInContents
  extends EventEmitter
  implements
    Pick<
      Electron.WebContents,
      'id' | 'getURL' | 'isDestroyed' | 'send' | 'setWindowOpenHandler' | 'reload' | 'executeJavaScript'
    >
{
  readonly id = ++lastId;
  /** What the app sees instead of this object; events carry it as their sender. */
  facade: object = this;
  private readonly options: PageOptions;
  private page: Promise<Page>;
  private link: PreloadLink | undefined;
  private openHandler: OpenHandler | undefined;
  private url = '';
  private destroyed = false;
  private crashed = false;
  /** Set while the main process itself navigates: `will-navigate` is only for what the page does. */
  private loading = false;

  constructor(options: PageOptions) {
    super();
    this.options = options;
    this.page = this.open();
  }

  getURL(): string {
    return this.url;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  send(channel: string, ...args: unknown[]): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed');
    this.link?.deliver({ kind: 'event', channel, args: structuredClone(args) });
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }

  async load(url: string): Promise<void> {
    const page = await this.page;
    await this.asMainProcess(() => page.goto(toPageUrl(url)));
  }

  reload(): void {
    void this.page.then(async (page) => {
      if (!this.crashed) return this.asMainProcess(() => page.reload());
      // A page of Chromium does not come back from a crash; the window gets a new one.
      this.crashed = false;
      this.page = this.open();
      await page.close();
      return this.load(this.url);
    });
  }

  async executeJavaScript(code: string): Promise<unknown> {
    return (await this.page).evaluate(code);
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.emit('destroyed');
    void this.page.then((page) => page.close()).catch(() => undefined);
  }

  private async asMainProcess(navigate: () => Promise<unknown>): Promise<void> {
    this.loading = true;
    try {
      await navigate();
    } finally {
      this.loading = false;
    }
  }

  private async open(): Promise<Page> {
    const page = await openPage();
    const { width, height, preload } = this.options;
    await page.setViewportSize({ width, height });
    await page.route('**/*', (route) => this.answer(page, route));
    page.on('domcontentloaded', () => this.emit('dom-ready'));
    page.on('crash', () => {
      this.crashed = true;
      this.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 });
    });
    const session = await page.context().newCDPSession(page);
    await session.send('Page.enable');
    session.on('Page.windowOpen', ({ url }) => {
      const details = { url: fromPageUrl(url), disposition: 'foreground-tab' } as Electron.HandlerDetails;
      const decision = this.openHandler?.(details);
      if (decision?.action !== 'deny') throw new Error('The stand-in for electron models no allowed windows.');
    });
    this.link = await linkPreload(page, preload, {
      onMessage: (message, isCurrent, reply) => this.receive(message, isCurrent, reply),
      onStartNavigation: (url, isSameDocument) =>
        this.emit('did-start-navigation', { url: fromPageUrl(url), isMainFrame: true, isSameDocument }),
      onNavigate: (url) => {
        this.url = fromPageUrl(url);
        this.emit('did-navigate', {}, this.url);
      },
    });
    return page;
  }

  /** Every request of the page: may it go there, may it ask, and who answers. */
  private async answer(page: Page, route: Route): Promise<void> {
    const request = route.request();
    const url = fromPageUrl(request.url());
    if (request.isNavigationRequest() && !this.loading && this.isPrevented(request.frame() === page.mainFrame(), url)) {
      return route.abort('aborted');
    }
    if (await isCancelled(url, request.method())) return route.abort('blockedbyclient');
    const handler = handlerOf(url);
    if (!handler) return route.continue();
    const response = await handler(new Request(url, { method: request.method(), headers: request.headers() }));
    return route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  }

  private isPrevented(isMainFrame: boolean, url: string): boolean {
    let prevented = false;
    const event = { url, isMainFrame, preventDefault: () => (prevented = true) };
    this.emit('will-frame-navigate', event);
    if (isMainFrame) this.emit('will-navigate', event, url);
    return prevented;
  }

  private receive(message: PreloadMessage, isCurrent: () => boolean, reply: (message: object) => void): void {
    const event = {
      type: 'frame',
      sender: this.facade,
      // Only the top frame has a preload; Electron gives null once the document was replaced.
      senderFrame: isCurrent() ? { url: this.url, parent: null } : null,
    } as unknown as Electron.IpcMainInvokeEvent;
    if (message.kind === 'send') {
      ipcMainParts.emit(message.channel, event, ...message.args);
      return;
    }
    void invoke(event, message.channel, message.args).then((answer) =>
      reply({ kind: 'reply', id: message.id, ...answer }),
    );
  }
}
