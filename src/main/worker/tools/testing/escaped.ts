import { readFileSync, writeSync } from 'node:fs';
import type Net from 'node:net';
import { lockHost } from '../lock-host.ts';
import { answerFd } from '../run-messages.ts';

/** What a script would try that got out of its realm, for the test of what holds it then. Says of each thing whether it worked. */
interface Target {
  secret: string;
  outside: string;
  port: number;
  pid: number;
  isLocked: boolean;
}

const { secret, outside, port, pid, isLocked } = JSON.parse(readFileSync(0, 'utf8')) as Target;
const { exit } = process;
const timer = setTimeout;
const url = `http://127.0.0.1:${port}/`;

const attempts: Record<string, () => unknown> = {
  readFile: async () => (await import('node:fs')).readFileSync(secret),
  writeFile: async () => (await import('node:fs')).writeFileSync(outside, 'x'),
  linkOut: async () => (await import('node:fs')).symlinkSync(secret, 'link'),
  openDatabase: async () => new (await import('node:sqlite')).DatabaseSync(secret),
  startProgram: async () => fail((await import('node:child_process')).spawnSync('/bin/true').error),
  startNode: async () => fail((await import('node:child_process')).spawnSync(process.execPath, ['-e', '0']).error),
  startThread: async () => new (await import('node:worker_threads')).Worker('1', { eval: true }),
  killWorker: () => process.kill(pid, 0),
  binding: () => callNamed(process, 'binding', 'fs'),
  addon: () => process.dlopen({ exports: {} }, '/x.node'),
  builtin: async () => {
    // Alone it is no harm; it is how the others are reached where modules cannot be imported.
    if (!isLocked) throw new Error('Nothing forbids it.');
    return process.getBuiltinModule('node:fs').readdirSync('/');
  },
  folder: () => process.chdir('/'),
  heapDump: async () => (await import('node:v8')).writeHeapSnapshot(outside),
  report: () => process.report.writeReport(outside),
  inspector: async () => (await import('node:inspector')).open(0),
  environment: () => fail(Object.keys(process.env).length > 0 ? null : new Error('It is empty.')),
  connect: async () => {
    await connected(await import('node:net'));
  },
  datagram: async () => {
    const socket = (await import('node:dgram')).createSocket('udp4');
    await new Promise((resolve, reject) =>
      socket.send('x', 53, '192.0.2.1', (error) => (error === null ? resolve(null) : reject(error))),
    );
  },
  fetch: () => fetch(url),
  require: async () => connected((await import('node:module')).createRequire('/')('node:net') as typeof Net),
  code: () => {
    if (typeof callNamed(() => {}, 'constructor', 'return 1') !== 'function') throw new Error('It made no code.');
  },
};

function connected({ connect }: Pick<typeof Net, 'connect'>): Promise<void> {
  return new Promise((resolve, reject) =>
    connect(port, '127.0.0.1')
      .on('connect', () => resolve())
      .on('error', reject),
  );
}

function fail(error: Error | null | undefined): void {
  if (error !== null && error !== undefined) throw error;
}

const { apply, get } = Reflect;
function callNamed(of: object, name: string, given: string): unknown {
  const found: unknown = get(of, name);
  if (typeof found !== 'function') throw new Error(`${name} is not there.`);
  return apply(found, of, [given]);
}

const attempted = Object.entries(attempts);
const report = JSON.stringify;
if (isLocked) lockHost();
const worked: string[] = [];
for (const [name, attempt] of attempted) {
  const late = new Promise((_, reject) => timer(reject, 2_000));
  const did = await Promise.race([(async () => attempt())(), late]).then(
    () => true,
    () => false,
  );
  if (did) worked.push(name);
}
writeSync(answerFd, report({ kind: 'result', json: report(worked) }));
exit(0);
