import { registerHooks } from 'node:module';

type AnyFunction = (...given: never[]) => unknown;

const builders: readonly AnyFunction[] = [() => {}, async () => {}, function* () {}, async function* () {}];
const takenFromProcess = [
  'getBuiltinModule',
  'binding',
  '_linkedBinding',
  'dlopen',
  'kill',
  '_kill',
  'abort',
  'chdir',
  'report',
  'mainModule',
  'execve',
  'loadEnvFile',
  'stdin',
  'stdout',
  'stderr',
  '_debugProcess',
  '_debugEnd',
  '_startProfilerIdleNotifier',
  '_rawDebug',
  'setuid',
  'setgid',
  'seteuid',
  'setegid',
  'setgroups',
  'initgroups',
  'send',
  'disconnect',
  'channel',
];
const takenFromGlobal = [
  'fetch',
  'WebSocket',
  'EventSource',
  'XMLHttpRequest',
  'Request',
  'Response',
  'navigator',
  'process',
  'Buffer',
  'require',
  'MessageChannel',
  'BroadcastChannel',
  'Worker',
  'setTimeout',
  'setInterval',
  'setImmediate',
  'WebAssembly',
  'eval',
  'Function',
];

function forget(from: object | null, name: string): void {
  if (from !== null) Reflect.deleteProperty(from, name);
}

/**
 * Takes from this realm what a script that got out of its own could use: modules, the network, other processes, and ways
 * to make code of texts. There is no way back, so everything that is needed is imported before.
 */
export function lockHost(): void {
  for (const builder of builders) {
    const prototype: unknown = Object.getPrototypeOf(builder);
    if (typeof prototype === 'object' || typeof prototype === 'function') forget(prototype, 'constructor');
  }
  for (const name of takenFromProcess) forget(process, name);
  for (const name of takenFromGlobal) forget(globalThis, name);
  const refuse = (specifier: string): never => {
    throw new Error(`A tool cannot import ${specifier}.`);
  };
  registerHooks({ resolve: refuse, load: refuse });
}
