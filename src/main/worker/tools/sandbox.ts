import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { mostScratchBytes } from './run-messages.ts';

export interface SandboxLimits {
  timeoutSeconds: number;
  memoryMb: number;
}

export interface Command {
  file: string;
  args: string[];
}

/** What the system can lock a run up with; empty where it has nothing of the kind. */
export type Enclosure = readonly string[];

/** A run without limits of its own could outlive a worker that was killed. */
const graceSeconds = 5;
/** A program that shall not be found is not waited for. */
const probeMs = 5_000;

const namespaces = ['--user', '--map-current-user', '--net', '--ipc', '--pid', '--fork', '--kill-child=SIGKILL', '--'];
const unshared = ['unshare', ...namespaces];
/** The best first: with `setpriv` a run ends with a worker that was killed. */
const enclosures: readonly Enclosure[] = [['setpriv', '--pdeathsig=SIGKILL', ...unshared], unshared];

/**
 * Linux: namespaces in which there is no network and no other process; found out once by trying, because systems forbid
 * them to users here and there.
 */
export async function findEnclosure(): Promise<Enclosure> {
  if (process.platform !== 'linux') return [];
  for (const enclosure of enclosures) {
    const [file, ...args] = [...limitsOf(graceSeconds), ...enclosure, process.execPath, '--version'];
    // As a run has it: without an environment, and so without a path to search for programs.
    const tried = promisify(execFile)(file, args, { env: {}, timeout: probeMs, killSignal: 'SIGKILL' });
    if (
      await tried.then(
        () => true,
        () => false,
      )
    ) {
      return enclosure;
    }
  }
  return [];
}

function limitsOf(cpuSeconds: number): [string, ...string[]] {
  return ['prlimit', `--cpu=${cpuSeconds}`, '--core=0', `--fsize=${mostScratchBytes * 2}`, '--'];
}

/**
 * The command line of one run. The permission model keeps it to its own code and its scratch folder and from other
 * processes, threads and addons; of the network it knows nothing in Node 24, and SQLite gets past it, so neither is there.
 */
export function sandboxCommand(
  runner: string,
  scratch: string,
  { timeoutSeconds, memoryMb }: SandboxLimits,
  enclosure: Enclosure,
  alsoReadable: readonly string[] = [],
): Command {
  const limits = enclosure.length === 0 ? [] : limitsOf(timeoutSeconds + graceSeconds);
  const readable = [...codeOf(runner), ...alsoReadable, scratch].map((path) => `--allow-fs-read=${path}`);
  const node = [
    process.execPath,
    '--permission',
    ...readable,
    `--allow-fs-write=${scratch}`,
    '--no-addons',
    '--no-experimental-sqlite',
    '--no-experimental-websocket',
    '--no-warnings',
    '--unhandled-rejections=none',
    '--max-semi-space-size=4',
    `--max-old-space-size=${memoryMb}`,
    runner,
  ];
  const [file = '', ...args] = [...limits, ...enclosure, ...node];
  return { file, args };
}

/** What the runner is loaded from: the folder of the build, or the sources and packages. */
function codeOf(runner: string): string[] {
  const folders: string[] = [];
  for (let folder = dirname(runner); dirname(folder) !== folder; folder = dirname(folder)) folders.push(folder);
  const descriptions = folders.map((folder) => join(folder, 'package.json'));
  if (!runner.endsWith('.ts')) return [dirname(runner), ...descriptions];
  const packages = folders.map((folder) => join(folder, 'node_modules'));
  return [dirname(runner), ...packages, ...descriptions];
}
