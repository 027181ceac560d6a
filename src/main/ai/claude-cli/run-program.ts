import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface ProgramRun {
  program: string;
  args: readonly string[];
  cwd: string;
  env: Record<string, string>;
  /** Goes to its standard input, which is closed behind it. */
  input: string;
}

export interface ProgramEnd {
  /** Null when it was killed. */
  exitCode: number | null;
  /** The end of what it complained about. */
  stderr: string;
}

const mostStderr = 4_000;

/**
 * Runs a program without a shell: the lines of its output as they come, then how it ended. It is killed with all its children
 * when the signal is aborted, which rejects with the signal's reason once it is gone, and when nobody reads on. Rejects with
 * the system's error when it cannot be started.
 */
export async function* runProgram(run: ProgramRun, signal: AbortSignal): AsyncGenerator<string, ProgramEnd, undefined> {
  signal.throwIfAborted();
  const child = spawn(run.program, run.args, {
    cwd: run.cwd,
    env: run.env,
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    // A group of its own, so that its children can be killed with it.
    detached: process.platform !== 'win32',
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr = (stderr + text).slice(-mostStderr)));
  const ended = new Promise<ProgramEnd>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, stderr: stderr.toWellFormed() }));
  });
  // It is awaited below, after its output.
  ended.catch(() => {});
  // One that ends before it has read everything closes its end; its exit code says why.
  child.stdin.on('error', () => {});
  child.stdin.end(run.input);
  const stop = () => killTree(child);
  signal.addEventListener('abort', stop, { once: true });
  let isOver = false;
  try {
    for await (const line of createInterface({ input: child.stdout, crlfDelay: Infinity })) yield line;
    const end = await ended;
    isOver = true;
    signal.throwIfAborted();
    return end;
  } finally {
    signal.removeEventListener('abort', stop);
    if (!isOver) stop();
  }
}

function killTree(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    const args = ['/pid', String(pid), '/T', '/F'];
    spawn('taskkill', args, { stdio: 'ignore', windowsHide: true }).on('error', () => child.kill());
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Gone already.
    child.kill('SIGKILL');
  }
}
