import { app, shell, type WebContents } from 'electron';
import { toLogFormat, type Logger } from '../observe/logger.ts';
import { externalTarget, mayNavigate } from './navigation-policy.ts';

/** Pins every page to the window's own origin, whoever made it; links to elsewhere open in the system's browser. */
export function guardContents(log: Logger): void {
  app.on('web-contents-created', (_event, contents) => guard(contents, log));
}

function guard(contents: WebContents, log: Logger): void {
  const pin = (event: { readonly url: string; preventDefault(): void }): void => {
    if (mayNavigate(event.url)) return;
    event.preventDefault();
    log.warn('A page tried to leave the app.', { scheme: URL.parse(event.url)?.protocol });
  };
  contents.on('will-navigate', pin);
  contents.on('will-frame-navigate', pin);
  contents.on('will-redirect', pin);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    const target = externalTarget(url);
    if (target) openExternally(target, log);
    else log.warn('A page tried to open a window.', { scheme: URL.parse(url)?.protocol });
    return { action: 'deny' };
  });
}

function openExternally(target: string, log: Logger): void {
  shell.openExternal(target).catch((cause: unknown) => {
    log.warn('The system could not open a link.', { cause: toLogFormat(cause) });
  });
}
