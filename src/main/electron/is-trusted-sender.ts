import { isAppUrl } from './app-url.ts';

/** As much of Electron's `WebFrameMain` as the decision needs. */
export interface SenderFrame {
  readonly url: string;
  readonly parent: unknown;
}

/**
 * True for the top frame of the window's own page only.
 * Electron gives null for a frame that has navigated or gone: what it was cannot be known any more, so it is refused.
 */
export function isTrustedSender(frame: SenderFrame | null | undefined): boolean {
  return !!frame && frame.parent === null && isAppUrl(frame.url);
}
