import { EventEmitter } from 'node:events';

type Handler = (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown;

/** Named as in Electron's own implementation, where the specs look the registered channels up. */
const _invokeHandlers = new Map<string, Handler>();

const handling: Pick<Electron.IpcMain, 'handle' | 'removeHandler'> = {
  handle(channel, listener) {
    if (_invokeHandlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    _invokeHandlers.set(channel, listener);
  },
  removeHandler(channel) {
    _invokeHandlers.delete(channel);
  },
};

export const ipcMainParts = Object.assign(new EventEmitter(), { _invokeHandlers, ...handling });

/** What `ipcRenderer.invoke` is answered: Electron keeps only the message of what a handler threw. */
export async function invoke(
  event: Electron.IpcMainInvokeEvent,
  channel: string,
  args: unknown[],
): Promise<{ value: unknown } | { error: string }> {
  const handler = _invokeHandlers.get(channel);
  if (!handler) return { error: `No handler registered for '${channel}'` };
  try {
    return { value: structuredClone(await handler(event, ...structuredClone(args))) };
  } catch (cause) {
    return { error: String(cause) };
  }
}
