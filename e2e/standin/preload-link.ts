import { readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import type { CDPSession, Page } from 'playwright-core';
import { pageScript, preloadScript } from './page-scripts.ts';

const worldName = 'standin-preload';
const binding = 'standinSend';

export interface PreloadMessage {
  kind: 'invoke' | 'send';
  id: number;
  channel: string;
  args: unknown[];
}

export interface PreloadLink {
  /** Gives a message to the preload of the document that is shown now. */
  deliver(message: object): void;
}

export interface PreloadLinkEvents {
  /** `isCurrent` is false for a document that was replaced meanwhile. */
  onMessage(message: PreloadMessage, isCurrent: () => boolean, reply: (message: object) => void): void;
  onStartNavigation(url: string, isSameDocument: boolean): void;
  onNavigate(url: string): void;
}

/** Puts the preload into an isolated world of the page and carries messages between it and the main process. */
export async function linkPreload(page: Page, preload: string, events: PreloadLinkEvents): Promise<PreloadLink> {
  const session = await page.context().newCDPSession(page);
  let mainFrame = '';
  let current: number | undefined;

  session.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.name === worldName && context.auxData?.['frameId'] === mainFrame) current = context.id;
  });
  session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
    if (executionContextId === current) current = undefined;
  });
  session.on('Runtime.executionContextsCleared', () => (current = undefined));
  session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
    if (name !== binding) return;
    const isCurrent = (): boolean => executionContextId === current;
    events.onMessage(JSON.parse(payload) as PreloadMessage, isCurrent, (message) => {
      receive(session, executionContextId, message);
    });
  });
  session.on('Page.frameStartedNavigating', ({ frameId, url, navigationType }) => {
    const isSameDocument = /samedocument/i.test(navigationType);
    if (frameId === mainFrame) events.onStartNavigation(url, isSameDocument);
  });
  session.on('Page.frameNavigated', ({ frame }) => {
    if (frame.id === mainFrame) events.onNavigate(frame.url);
  });

  await session.send('Page.enable');
  mainFrame = (await session.send('Page.getFrameTree')).frameTree.frame.id;
  await session.send('Runtime.enable');
  await session.send('Runtime.addBinding', { name: binding, executionContextName: worldName });
  // The page's side first: it listens when the preload exposes.
  const channel = randomUUID();
  await addScript(session, pageScript(channel));
  await addScript(session, preloadScript(channel, process.platform, readFileSync(preload, 'utf8')), worldName);

  return {
    deliver(message) {
      if (current !== undefined) receive(session, current, message);
    },
  };
}

function addScript(session: CDPSession, source: string, world?: string): Promise<unknown> {
  return session.send('Page.addScriptToEvaluateOnNewDocument', world ? { source, worldName: world } : { source });
}

/** A document that has gone hears nothing; that is no failure. */
function receive(session: CDPSession, contextId: number, message: object): void {
  const expression = `standinReceive(${JSON.stringify(JSON.stringify(message))})`;
  session.send('Runtime.evaluate', { expression, contextId }).catch(() => undefined);
}
