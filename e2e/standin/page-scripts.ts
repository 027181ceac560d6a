/**
 * What runs inside a window's page. Each function is sent as source text, so it may use nothing from outside itself.
 * The preload gets a true isolated world of its own; only what it exposes crosses, as with Electron's contextBridge.
 */

type Plain = { [key: string]: unknown };
type Message =
  | { kind: 'expose'; key: string; api: unknown }
  | { kind: 'call'; call: number; target: number; args: unknown }
  | { kind: 'returned'; call: number; value?: unknown; error?: string; isPromise?: boolean }
  | { kind: 'settled'; call: number; value?: unknown; error?: string };

interface BridgeEnd {
  encode(value: unknown): unknown;
  send(message: Message): void;
}

/** One end of the bridge between the page's world and the preload's; the same code runs in both. */
function bridgeEnd(outgoing: string, incoming: string): BridgeEnd {
  const functions = new Map<number, (...args: unknown[]) => unknown>();
  const promises = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  const answers = new Map<number, Extract<Message, { kind: 'returned' }>>();
  let last = 0;

  const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null;
  const send = (message: Message): void => {
    window.dispatchEvent(new CustomEvent(outgoing, { detail: JSON.stringify(message) }));
  };
  function encode(value: unknown): unknown {
    if (typeof value === 'function') {
      functions.set(++last, value as (...args: unknown[]) => unknown);
      return { $function: last };
    }
    if (typeof value === 'symbol' || typeof value === 'bigint') throw new Error('An object could not be cloned.');
    if (Array.isArray(value)) return value.map(encode);
    if (!isPlain(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, encode(part)]));
  }
  function decode(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(decode);
    if (!isPlain(value)) return value;
    const target = value['$function'];
    if (typeof target === 'number') return (...args: unknown[]) => call(target, args);
    return Object.freeze(Object.fromEntries(Object.entries(value).map(([key, part]) => [key, decode(part)])));
  }
  function call(target: number, args: unknown[]): unknown {
    const id = ++last;
    // Dispatching is synchronous: when it returns, the other world has answered.
    send({ kind: 'call', call: id, target, args: encode(args) });
    const answer = answers.get(id);
    answers.delete(id);
    if (answer?.error !== undefined) throw new Error(answer.error);
    if (answer?.isPromise) return new Promise((resolve, reject) => promises.set(id, { resolve, reject }));
    return decode(answer?.value);
  }
  function run(message: Extract<Message, { kind: 'call' }>): void {
    const { call: id, target, args } = message;
    const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
    try {
      const value = functions.get(target)?.(...(decode(args) as unknown[]));
      if (!(value instanceof Promise)) return send({ kind: 'returned', call: id, value: encode(value) });
      send({ kind: 'returned', call: id, isPromise: true });
      value.then(
        (settled: unknown) => send({ kind: 'settled', call: id, value: encode(settled) }),
        (cause: unknown) => send({ kind: 'settled', call: id, error: messageOf(cause) }),
      );
    } catch (cause) {
      send({ kind: 'returned', call: id, error: messageOf(cause) });
    }
  }
  window.addEventListener(incoming, (event) => {
    const message = JSON.parse((event as CustomEvent<string>).detail) as Message;
    if (message.kind === 'call') return run(message);
    if (message.kind === 'returned') return void answers.set(message.call, message);
    if (message.kind === 'settled') {
      const promise = promises.get(message.call);
      promises.delete(message.call);
      if (message.error !== undefined) promise?.reject(new Error(message.error));
      else promise?.resolve(decode(message.value));
      return;
    }
    if (message.key in window) {
      throw new Error('Cannot bind an API on top of an existing property on the window object');
    }
    Object.defineProperty(window, message.key, { value: decode(message.api), enumerable: true });
  });
  return { encode, send };
}

/** The preload's world: `require('electron')` as a sandboxed preload has it, and nothing else. */
function preloadWorld(
  end: BridgeEnd,
  platform: string,
  preload: (require: (name: string) => unknown, module: object, exports: object, process: object) => void,
): void {
  type Listener = (event: object, ...args: unknown[]) => void;
  const world = globalThis as unknown as {
    standinSend(payload: string): void;
    standinReceive(payload: string): void;
  };
  const listeners = new Map<string, Listener[]>();
  const pending = new Map<number, { resolve(value: unknown): void; reject(error: Error): void; channel: string }>();
  let last = 0;
  const post = (message: object): void => world.standinSend(JSON.stringify(message));

  world.standinReceive = (payload) => {
    const message = JSON.parse(payload) as
      | { kind: 'event'; channel: string; args: unknown[] }
      | { kind: 'reply'; id: number; value?: unknown; error?: string };
    if (message.kind === 'event') {
      for (const listener of listeners.get(message.channel) ?? []) listener({}, ...message.args);
      return;
    }
    const call = pending.get(message.id);
    pending.delete(message.id);
    if (message.error === undefined) call?.resolve(message.value);
    else call?.reject(new Error(`Error invoking remote method '${call.channel}': ${message.error}`));
  };

  const ipcRenderer = {
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const id = ++last;
        pending.set(id, { resolve, reject, channel });
        post({ kind: 'invoke', id, channel, args: structuredClone(args) });
      }),
    send: (channel: string, ...args: unknown[]) => post({ kind: 'send', channel, args: structuredClone(args) }),
    on(channel: string, listener: Listener) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      return ipcRenderer;
    },
    removeListener(channel: string, listener: Listener) {
      listeners.set(
        channel,
        (listeners.get(channel) ?? []).filter((each) => each !== listener),
      );
      return ipcRenderer;
    },
  };
  const contextBridge = {
    exposeInMainWorld: (key: string, api: unknown) => end.send({ kind: 'expose', key, api: end.encode(api) }),
  };
  const require = (name: string): unknown => {
    if (name === 'electron' || name === 'electron/renderer') return { contextBridge, ipcRenderer };
    throw new Error(`module not found: ${name}`);
  };
  const exported = {};
  preload(require, { exports: exported }, exported, {
    platform,
    sandboxed: true,
    contextIsolated: true,
    env: {},
    versions: {},
  });
}

// Frames inside the page get neither a preload nor a bridge, as in Electron.
const topFrameOnly = 'if (window.top === window)';

/** The page's side of the bridge. */
export function pageScript(channel: string): string {
  return `${topFrameOnly} (${bridgeEnd.toString()})('${channel}:up', '${channel}:down')`;
}

/** The built preload in its world. */
export function preloadScript(channel: string, platform: string, preloadSource: string): string {
  const end = `(${bridgeEnd.toString()})('${channel}:down', '${channel}:up')`;
  const preload = `(require, module, exports, process) => {${preloadSource}\n}`;
  return `${topFrameOnly} (${preloadWorld.toString()})(${end}, '${platform}', ${preload})`;
}
