import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { clientEnvironment, type ClientHome } from './client-home.ts';

const packageName = '@anthropic-ai/claude-code';
/** The version that the recorded payloads and these scenarios were made with. */
const version = '2.1.197';
const installWithinMs = 300_000;
const promptWithinMs = 120_000;

export interface Finished {
  exitCode: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  cwd: string;
  env: Record<string, string | undefined>;
  timeoutMs: number;
}

/** Runs a program to its end without input; never throws, one that cannot start has no exit code. */
export function run(command: string, args: readonly string[], options: RunOptions): Promise<Finished> {
  const { promise, resolve: done } = Promise.withResolvers<Finished>();
  const { timeoutMs: timeout, ...rest } = options;
  const child = spawn(command, args, { ...rest, timeout, killSignal: 'SIGKILL', stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  child.on('error', (error) => done({ exitCode: null, stdout, stderr: stderr + error.message }));
  child.on('close', (exitCode) => done({ exitCode, stdout, stderr }));
  return promise;
}

/**
 * The real Claude Code client: `CLAUDE_BIN`, else installed from npm into a cache outside the project, since it is
 * proprietary and large. Throws with what to do when there is neither.
 */
export async function bringClient(): Promise<string> {
  const given = process.env['CLAUDE_BIN'];
  if (given !== undefined && given !== '') {
    if (existsSync(given)) return resolve(given);
    throw new Error(`CLAUDE_BIN is ${given}, but there is no such file.`);
  }
  const cache = join(tmpdir(), `claude-mem-client-${version}`);
  const binary = join(cache, 'node_modules/.bin/claude');
  if (existsSync(binary)) return binary;
  mkdirSync(cache, { recursive: true });
  writeFileSync(join(cache, 'package.json'), '{"private": true}\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = ['install', '--no-audit', '--no-fund', '--loglevel=error', `${packageName}@${version}`];
  const installed = await run(npm, args, { cwd: cache, env: process.env, timeoutMs: installWithinMs });
  if (installed.exitCode === 0 && existsSync(binary)) return binary;
  throw new Error(
    `The real client could not be installed (${installed.stderr.trim().split('\n').slice(0, 3).join('; ')}).\n` +
      `With network: npm install --prefix "${cache}" ${packageName}@${version}\n` +
      'Without: set CLAUDE_BIN to the path of a `claude` that is already installed.',
  );
}

export interface Client {
  binary: string;
  home: ClientHome;
  apiUrl: string;
}

/** Sends one prompt in print mode and waits for the client to exit. Throws when it fails. */
export async function sendPrompt(
  client: Client,
  cwd: string,
  prompt: string,
  args: readonly string[] = [],
  moreAllowed: readonly string[] = [],
): Promise<Finished> {
  const env = clientEnvironment(client.home, client.apiUrl);
  // Named, the client offers Grep; edits and node may run, `rm` is refused, which is part of one scenario.
  const allowed = [
    '--allowedTools',
    'Grep',
    'Read',
    'Edit',
    'Write',
    'Agent',
    'Bash(node:*)',
    'Bash(cat:*)',
    ...moreAllowed,
  ];
  const finished = await run(client.binary, [...args, '-p', prompt, ...allowed], {
    cwd,
    env,
    timeoutMs: promptWithinMs,
  });
  if (finished.exitCode === 0) return finished;
  throw new Error(`The client ended with ${finished.exitCode}: ${finished.stderr || finished.stdout}`);
}
