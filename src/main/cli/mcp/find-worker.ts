import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { readOrCreateToken } from '../../access/tokens.ts';
import { dataPaths } from '../../store/data-folder.ts';
import { makeFolder } from '../../store/make-folder.ts';
import { readWorkerFile } from '../../store/worker-file.ts';
import { proveWorker } from '../../access/prove-worker.ts';
import { isObject } from './rpc-message.ts';

export interface WorkerPlace {
  url: string;
  ownerToken: string;
}

/** A cold start takes a second or two; a busy machine takes longer. */
const readyWithinMs = 30_000;
const lookAgainMs = 50;
/** A worker that lost the race for the folder ends within this time, and the one that won it is ready soon after. */
const secondTryMs = 3_000;
/** An error with its trace is shorter. */
const longestSaid = 64 * 1024;

/** The worker of the data folder, proven; starts one when none runs. Rejects with a sentence that says what to do. */
export async function findWorker(dataDir: string, signal: AbortSignal): Promise<WorkerPlace> {
  const running = await runningWorker(dataDir);
  if (running !== null) return running;
  const ownerToken = readOrCreateToken(dataDir, 'owner');

  const deadline = Date.now() + readyWithinMs;
  // Whoever comes second finds the folder locked and goes; both then find the first one's file.
  const first = startWorkerProcess(dataDir, []);
  let second: StartedProcess | null = null;
  while (Date.now() < deadline) {
    signal.throwIfAborted();
    const url = await provenUrl(dataDir, ownerToken);
    if (url !== null) return { url, ownerToken };
    const end = (second ?? first).end();
    if (end !== null && !mayPass(end.code)) throw new Error(end.message);
    if (second === null && end !== null && (isPort(end.code) || Date.now() - end.at > secondTryMs)) {
      // Another program has the usual port; agents find the memory on any.
      second = startWorkerProcess(dataDir, ['--port', '0']);
    }
    await pause(lookAgainMs, undefined, { signal });
  }
  throw new Error(
    `The memory did not start on ${dataDir}. Start it by hand to see why: cmem doctor, or npm run worker.`,
  );
}

/** The worker of the data folder, proven; null when none runs. */
export async function runningWorker(dataDir: string): Promise<WorkerPlace | null> {
  makeFolder(dataDir);
  const ownerToken = readOrCreateToken(dataDir, 'owner');
  const url = await provenUrl(dataDir, ownerToken);
  return url === null ? null : { url, ownerToken };
}

/** Null when no worker of this folder answers: the file may be that of one that was killed. */
async function provenUrl(dataDir: string, ownerToken: string): Promise<string | null> {
  const worker = readWorkerFile(dataPaths(dataDir).worker);
  if (worker === null) return null;
  try {
    await proveWorker(worker.url, ownerToken);
    return worker.url;
  } catch {
    return null;
  }
}

interface ProcessEnd {
  /** Milliseconds since 1970. */
  at: number;
  /** Null where it did not say why. */
  code: string | null;
  message: string;
}

/** False for what neither another worker, another port nor patience mends. Null is what nobody knows. */
function mayPass(code: string | null): boolean {
  return code === null || code === 'DATA_FOLDER_IN_USE' || isPort(code);
}

function isPort(code: string | null): boolean {
  return code?.startsWith('PORT_') === true;
}

interface StartedProcess {
  /** Null as long as it runs. */
  end(): ProcessEnd | null;
}

/** A worker that lives on when the agent that needed it is gone. */
function startWorkerProcess(dataDir: string, more: readonly string[]): StartedProcess {
  const isApp = process.versions['electron'] !== undefined;
  const { command, args, env } = workerCommand(isApp);
  let end: ProcessEnd | null = null;
  let said = '';
  // Errors alone come here: a worker must never wait for an agent that does not read.
  const quiet = isApp ? [] : ['--log-level', 'error'];
  const child = spawn(command, [...args, '--data', dataDir, '--started-by', 'agent', ...quiet, ...more], {
    env,
    // Of its own, so that it neither ends with the agent's terminal nor holds its pipes; no console window on Windows.
    detached: true,
    stdio: ['ignore', 'ignore', isApp ? 'ignore' : 'pipe'],
    windowsHide: true,
    cwd: dataDir,
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said = `${said}${text}`.slice(-longestSaid)));
  child.stderr?.on('error', () => {});
  const ended = () => (end ??= { at: Date.now(), ...lastWords(said) });
  child.once('close', ended);
  child.once('error', ended);
  child.unref();
  if (child.stderr instanceof Socket) child.stderr.unref();
  return { end: () => end };
}

/** The last error that a worker has logged. */
function lastWords(said: string): Pick<ProcessEnd, 'code' | 'message'> {
  const nothing = { code: null, message: '' };
  const line = said.trim().split('\n').at(-1) ?? '';
  try {
    const value: unknown = JSON.parse(line);
    if (!isObject(value)) return nothing;
    const { code, message } = value;
    return typeof code === 'string' && typeof message === 'string' ? { code, message } : nothing;
  } catch {
    return nothing;
  }
}

/** The app itself where it brings the runtime, else the headless worker beside this script, with the same Node. */
export function workerCommand(isApp: boolean): { command: string; args: string[]; env: NodeJS.ProcessEnv } {
  const { ELECTRON_RUN_AS_NODE: _asNode, ...env } = process.env;
  if (isApp) return { command: process.execPath, args: ['--hidden'], env };
  const places = ['headless.js', '../headless.js', '../../headless.ts'].map((name) => join(import.meta.dirname, name));
  return { command: process.execPath, args: [places.find((place) => existsSync(place)) ?? 'headless.js'], env };
}
