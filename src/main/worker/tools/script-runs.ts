import { TRPCError } from '@trpc/server';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type RunAnswer, runAnswer } from './run-answer.ts';
import { answerFd, mostPrintedBytes, mostResultBytes, type RunRequest } from './run-messages.ts';
import { type Enclosure, findEnclosure, sandboxCommand, type SandboxLimits } from './sandbox.ts';

/** What came of one run, whatever it did. */
export interface ScriptRun {
  answer: RunAnswer | null;
  stdout: string;
  stderr: string;
  exitCode: number | null;
  /** Why it was ended; null when it ended by itself. */
  ended: 'timeout' | 'memory' | 'output' | 'cancelled' | null;
}

export interface ScriptRuns {
  /** Rejects with TOO_MANY_REQUESTS when too many wait, and when the folder or the process cannot be made. */
  run(request: RunRequest, limits: SandboxLimits, signal: AbortSignal): Promise<ScriptRun>;
  close(): Promise<void>;
}

const atOnce = 2;
const mostWaiting = 16;
/** What Node itself takes besides the heap that a run may have. */
const nodeMb = 96;
const lookAtMemoryMs = 50;
/** Escapes in JSON, and what the answer has around the result. */
const mostAnswerBytes = mostResultBytes * 2 + 64 * 1024;

/**
 * Runs tools, each in a process of its own that ends with the run; nothing of it is believed but what fits the limits. The
 * scratch folders lie in `folder`, which is nobody else's: what a worker that was killed left there is removed.
 */
export function createScriptRuns(runner: string, folder: string): ScriptRuns {
  const running = new Set<Promise<ScriptRun>>();
  const waiting: (() => void)[] = [];
  const closing = new AbortController();
  let taken = 0;
  let enclosure: Promise<Enclosure> | null = null;
  const swept = rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});

  async function turn(signal: AbortSignal): Promise<void> {
    if (taken < atOnce) return void taken++;
    if (waiting.length >= mostWaiting) {
      throw new TRPCError({ code: 'TOO_MANY_REQUESTS', message: 'Too many tools wait to be run. Try again later.' });
    }
    // Whoever leaves hands its place on.
    await new Promise<void>((resolve, reject) => {
      const come = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        waiting.splice(waiting.indexOf(come), 1);
        reject(new TRPCError({ code: 'CLIENT_CLOSED_REQUEST', message: 'The run was cancelled before it began.' }));
      };
      waiting.push(come);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  async function inFolder(request: RunRequest, limits: SandboxLimits, signal: AbortSignal): Promise<ScriptRun> {
    await swept;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const scratch = await mkdtemp(join(folder, 'run-'));
    try {
      enclosure ??= findEnclosure();
      const command = sandboxCommand(runner, scratch, limits, await enclosure);
      return await watch(command, scratch, request, limits, signal);
    } finally {
      await rm(scratch, { recursive: true, force: true, maxRetries: 3 });
    }
  }

  return {
    async run(request, limits, caller) {
      const signal = AbortSignal.any([caller, closing.signal]);
      signal.throwIfAborted();
      await turn(signal);
      const run = inFolder(request, limits, signal);
      running.add(run);
      try {
        return await run;
      } finally {
        running.delete(run);
        const next = waiting.shift();
        if (next === undefined) taken--;
        else next();
      }
    },
    async close() {
      closing.abort();
      await Promise.allSettled([...running, swept]);
    },
  };
}

async function watch(
  { file, args }: { file: string; args: string[] },
  scratch: string,
  request: RunRequest,
  { timeoutSeconds, memoryMb }: SandboxLimits,
  signal: AbortSignal,
): Promise<ScriptRun> {
  // A group of its own, so that whatever it starts ends with it. Windows needs its root folder to start anything.
  const root = process.env['SystemRoot'];
  const env = process.platform === 'win32' && root !== undefined ? { SystemRoot: root } : {};
  const child = spawn(file, args, {
    cwd: scratch,
    env,
    detached: true,
    windowsHide: true,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
  });
  let ended: ScriptRun['ended'] = null;
  const end = (why: NonNullable<ScriptRun['ended']>) => {
    ended ??= why;
    killGroup(child);
  };
  const outputs = [child.stdout, child.stderr, child.stdio[answerFd]].map((stream, place) =>
    gather(stream, place === 2 ? mostAnswerBytes : mostPrintedBytes, () => end('output')),
  );
  const timer = setTimeout(() => end('timeout'), timeoutSeconds * 1000);
  const stopLooking = watchMemory(child, (memoryMb + nodeMb) * 1024, () => end('memory'));
  const cancel = () => end('cancelled');
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  try {
    // One that dies at once does not read what it is told.
    child.stdin.on('error', () => {});
    child.stdin.end(JSON.stringify(request));
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    const [stdout = '', stderr = '', said = ''] = outputs.map((output) => output());
    return { answer: ended === null ? readAnswer(said) : null, stdout, stderr, exitCode, ended };
  } finally {
    clearTimeout(timer);
    stopLooking();
    signal.removeEventListener('abort', cancel);
    killGroup(child);
  }
}

/** The first bytes of a stream as text; what comes after `most` of them is told once and not kept. */
function gather(stream: unknown, most: number, onTooMuch: () => void): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  if (!(stream instanceof Readable)) return () => '';
  stream.on('error', () => {});
  stream.on('data', (chunk: Buffer) => {
    if (size <= most) chunks.push(chunk);
    size += chunk.length;
    if (size > most) onTooMuch();
  });
  return () => Buffer.concat(chunks).subarray(0, most).toString('utf8');
}

function readAnswer(said: string): RunAnswer | null {
  try {
    return runAnswer.parse(JSON.parse(said));
  } catch {
    return null;
  }
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** The heap has its limit in V8; buffers lie beside it, so the whole process is looked at where the system tells its size. */
function watchMemory(child: ChildProcess, mostKib: number, onTooMuch: () => void): () => void {
  const { pid } = child;
  if (process.platform !== 'linux' || pid === undefined) return () => {};
  const look = async () => {
    for (const known of [pid, ...(await childrenOf(pid))]) {
      const status = await readFile(`/proc/${known}/status`, 'utf8').catch(() => '');
      if (Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) > mostKib) onTooMuch();
    }
  };
  const timer = setInterval(() => void look(), lookAtMemoryMs).unref();
  return () => clearInterval(timer);
}

async function childrenOf(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  return text
    .split(' ')
    .filter((part) => part !== '')
    .map(Number);
}
