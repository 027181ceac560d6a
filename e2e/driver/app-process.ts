import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

const keptOutput = 8_000;
const quitMs = 15_000;

export interface AppProcess {
  child: ChildProcess;
  exited: Promise<number | null>;
  /** Rejects, with what the process wrote last, when it ends before the promise settles. */
  orExit<T>(promise: Promise<T>): Promise<T>;
  /** Waits for the end that was asked for; kills a process that does not end. */
  ended(): Promise<void>;
}

/** Starts a process whose standard error is kept for the message of a failure. */
export function startProcess(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  options: { withIpc?: boolean } = {},
): AppProcess {
  const stdio: StdioOptions = ['ignore', 'pipe', 'pipe', ...(options.withIpc ? (['ipc'] as const) : [])];
  const child = spawn(command, args, { cwd: projectRoot, env, stdio });
  let output = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-keptOutput);
    if (process.env['E2E_VERBOSE']) process.stderr.write(chunk);
  });
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));

  return {
    child,
    exited,
    orExit: (promise) =>
      Promise.race([
        promise,
        exited.then((code) => Promise.reject(new Error(`The app ended too early with code ${code}:\n${output}`))),
      ]),
    async ended() {
      const timer = setTimeout(() => child.kill('SIGKILL'), quitMs);
      await exited;
      clearTimeout(timer);
    },
  };
}
