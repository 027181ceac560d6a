import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { readOrCreateToken } from '../src/main/access/tokens.ts';
import { hooksStatus } from '../src/main/capture/claude-hooks/install-hooks.ts';
import { claudeSettingsFile } from '../src/main/capture/claude-settings-file.ts';
import { localeOf } from '../src/main/cli/terminal.ts';
import { viewerLink } from '../src/main/cli/viewer-link.ts';
import { dataFolder, dataPaths } from '../src/main/store/data-folder.ts';
import { readWorkerFile } from '../src/main/store/worker-file.ts';
import { cliMessages } from '../src/shared/messages/cli.ts';
import { fill } from '../src/shared/messages/fill.ts';
import { isBuildStale } from './lib/build-freshness.ts';
import { chooseEngine, findElectron } from './lib/choose-engine.ts';
import { projectRoot, runCommand } from './lib/run-command.ts';
import { startMessages } from './lib/start-messages.ts';

const locale = localeOf(process.env);
const text = startMessages[locale];
const print = (line: string) => void process.stdout.write(`${line}\n`);
const readyLine = z.looseObject({
  event: z.literal('ready'),
  url: z.string(),
  data_dir: z.string(),
  viewer_url: z.string(),
});
const logLine = z.looseObject({ level: z.string(), message: z.string() });

interface StartOptions {
  data?: string;
  port?: string;
  headless?: boolean;
  help?: boolean;
}

function parseOptions(): StartOptions | null {
  const options = {
    data: { type: 'string' },
    port: { type: 'string' },
    headless: { type: 'boolean' },
    help: { type: 'boolean' },
  } as const;
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return null;
  }
}

async function start(options: StartOptions): Promise<number> {
  const dataDir = dataFolder(options.data);
  if (await tellRunning(dataDir)) return 0;
  if (isBuildStale()) {
    print(text.building);
    const built = await runCommand('npm', ['run', '-s', 'build']);
    if (built.exitCode !== 0) throw new Error(`${text.build_failed}\n${built.output}`);
  }
  const choice = chooseEngine(
    {
      platform: process.platform,
      env: process.env,
      isRoot: process.getuid?.() === 0,
      electron: findElectron(projectRoot, process.env),
    },
    options.headless === true,
  );
  const port = options.port === undefined ? [] : ['--port', options.port];
  const passedOn = ['--data', dataDir, ...port];
  if (choice.engine === 'desktop') {
    print(text.desktop);
    return ended(spawn(choice.electron, [projectRoot, ...passedOn], { stdio: 'inherit' }));
  }
  print(fill(text.headless, { reason: text.reasons[choice.reason] }));
  const headless = join(projectRoot, 'out/main/headless.js');
  const worker = spawn(process.execPath, [headless, ...passedOn, '--viewer-link', '--log-level', 'warn'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  createInterface({ input: worker.stdout }).on('line', tellReady);
  createInterface({ input: worker.stderr }).on('line', tellLog);
  const exitCode = await ended(worker);
  if (exitCode === 0) print(text.stopped);
  return exitCode;
}

/** True when a worker of this data folder answers; then it is told where, with a fresh link. */
async function tellRunning(dataDir: string): Promise<boolean> {
  const worker = readWorkerFile(dataPaths(dataDir).worker);
  // One that only an agent started makes room for ours.
  if (worker === null || worker.started_by === 'agent') return false;
  const link = await viewerLink({ dataDir, text: cliMessages[locale], terminal: { locale } }).catch(() => null);
  // A file that a killed worker left behind.
  if (link === null) return false;
  print(fill(text.running, { url: worker.url, pid: worker.pid, data: dataDir }));
  tellLink(link, worker.url, dataDir);
  return true;
}

function tellReady(line: string): void {
  const ready = readyLine.safeParse(parsedOrNull(line));
  if (!ready.success) return print(line);
  const { url, data_dir: data, viewer_url: link } = ready.data;
  print(fill(text.ready, { url, data }));
  tellLink(link, url, data);
  print(text.stop);
}

function tellLink(link: string, url: string, dataDir: string): void {
  print(`${text.link}\n\n  ${link}\n`);
  const captureToken = readOrCreateToken(dataDir, 'capture');
  const { state } = hooksStatus({ settingsFile: claudeSettingsFile(), url, captureToken });
  // Without --data the command would install for the default folder, which is another memory.
  const place = dataDir === dataFolder() ? '' : ` --data ${JSON.stringify(dataDir)}`;
  print(state === 'installed' ? text.hooks_ready : `${text.hooks_missing} ${text.hooks_command}${place}`);
}

function tellLog(line: string): void {
  const entry = logLine.safeParse(parsedOrNull(line));
  process.stderr.write(`${entry.success ? entry.data.message : line}\n`);
}

function parsedOrNull(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** Waits for the program's end, whose exit code it gives; a signal to us is passed on, and we leave after it. */
function ended(child: ChildProcess): Promise<number> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill('SIGTERM'));
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  child.once('error', reject);
  child.once('exit', (code) => resolve(code ?? 1));
  return promise;
}

const options = parseOptions();
if (options === null || options.help === true) {
  print(text.usage);
  process.exitCode = options === null ? 2 : 0;
} else {
  try {
    process.exitCode = await start(options);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
