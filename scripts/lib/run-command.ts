import { spawn } from 'node:child_process';
import { delimiter, join, resolve } from 'node:path';

export const projectRoot = resolve(import.meta.dirname, '../..');

export interface CommandResult {
  exitCode: number;
  /** Standard output and error, in the order in which they came. */
  output: string;
  durationMs: number;
}

/** Groups of running commands: a tool's own children must end with it. */
const running = new Set<number>();

function endGroup(pid: number): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It ended by itself a moment before.
  }
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function endAll(): void {
  for (const pid of running) endGroup(pid);
  process.exit(130);
}

/** Only while a command runs: a program that starts something else as well ends in its own way. */
function began(pid: number): void {
  if (running.size === 0) for (const signal of signals) process.on(signal, endAll);
  running.add(pid);
}

function ended(pid: number): void {
  running.delete(pid);
  if (running.size === 0) for (const signal of signals) process.off(signal, endAll);
}

export interface CommandOptions {
  env?: Record<string, string>;
  timeoutMs?: number;
}

/** Runs a command in the project's root with its own binaries first; never throws, a command that cannot start has exit code 127. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const started = performance.now();
  const { promise, resolve: done } = Promise.withResolvers<CommandResult>();
  const child = spawn(command, args, {
    cwd: projectRoot,
    env: {
      ...process.env,
      PATH: [join(projectRoot, 'node_modules/.bin'), process.env['PATH']].join(delimiter),
      NO_COLOR: '1',
      FORCE_COLOR: undefined,
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    // On Windows the binaries are .cmd files, which only a shell runs.
    shell: process.platform === 'win32',
    detached: process.platform !== 'win32',
  });
  const { pid } = child;
  if (pid !== undefined) began(pid);
  let output = '';
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const timer = setTimeout(() => {
    output += `\nstopped after ${options.timeoutMs} ms\n`;
    if (pid !== undefined) endGroup(pid);
  }, options.timeoutMs ?? 600_000);
  const finish = (exitCode: number) => {
    clearTimeout(timer);
    if (pid !== undefined) ended(pid);
    done({ exitCode, output, durationMs: performance.now() - started });
  };
  child.on('error', (error) => {
    output += error.message;
    finish(127);
  });
  child.on('close', (code) => finish(code ?? 1));
  return promise;
}
