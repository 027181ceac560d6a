import type { Bridge } from '../../shared/ipc-protocol.ts';

declare global {
  interface Window {
    /** Put there by the preload; absent in the browser. */
    readonly bridge?: Bridge;
  }
}

/** The way to the main process, or null in the browser. */
export const bridge: Bridge | null = window.bridge ?? null;
