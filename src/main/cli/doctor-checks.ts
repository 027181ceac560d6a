import { accessSync, constants, existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { fill, type MessageValues } from '../../shared/messages/fill.ts';
import { isSound } from '../../shared/index-views.ts';
import type { StatusView } from '../../shared/views.ts';
import { CliError, exitCodes } from './cli-error.ts';
import type { CliContext } from './cli-context.ts';
import { checkFolder, checkMemories } from './doctor-folder.ts';
import { currentInstallation, type HooksOptions } from './commands/hooks.ts';
import { latestHook } from './commands/status.ts';
import { durationText, sizeText, timeText } from './values.ts';
import { connectWorker, notRunning, reasonOf, type WorkerClient } from './worker-client.ts';

export interface Check {
  id:
    | 'node'
    | 'data'
    | 'memory'
    | 'disk'
    | 'worker'
    | 'health'
    | 'capture'
    | 'settings'
    | 'hooks'
    | 'curl'
    | 'indexes'
    | 'event';
  name: string;
  state: 'ok' | 'warn' | 'fail';
  /** What was found, and what to do when it is not ok. */
  message: string;
}

export type Report = (id: Check['id'], state: Check['state'], message: string, values?: MessageValues) => Check;

const neededNode = 24;
/** Below the first SQLite may soon fail to write; below the second it is time to look. */
const tooLittleBytes = 100 * 1024 * 1024;
const littleBytes = 1024 * 1024 * 1024;
const healthWithinMs = 3000;

export interface DoctorOptions extends HooksOptions {
  /** Index anew what is indexed wrongly. */
  mend?: boolean | undefined;
}

/** Runs every check, none of which changes anything unless `mend` says so; what depends on the worker is a warning while it is stopped. */
export async function checkHealth(context: CliContext, options: DoctorOptions): Promise<Check[]> {
  const report: Report = (id, state, message, values = {}) => ({
    id,
    name: context.text.doctor[id],
    state,
    message: fill(message, values),
  });
  const folder = checkFolder(context, report);
  const worker = await checkWorker(context, options, report);
  const isServed = worker.some(({ id, state }) => id === 'worker' && state === 'ok');
  return [
    checkNode(context, report),
    folder,
    // A worker that answers has opened them.
    ...(isServed || folder.state === 'fail' ? [] : await checkMemories(context, report)),
    await checkDisk(context, report),
    ...worker,
    ...checkHooks(context, options, report),
    checkCurl(context, report),
  ];
}

function checkNode({ text }: CliContext, report: Report): Check {
  const version = process.version;
  const recent = Number(process.versions.node.split('.')[0]) >= neededNode;
  return report('node', recent ? 'ok' : 'fail', recent ? text.doctor.node_ok : text.doctor.node_old, { version });
}

async function checkDisk({ dataDir, text }: CliContext, report: Report): Promise<Check> {
  let place = dataDir;
  while (!existsSync(place) && dirname(place) !== place) place = dirname(place);
  try {
    const { bavail, bsize } = await statfs(place);
    const bytes = bavail * bsize;
    const state = bytes < tooLittleBytes ? 'fail' : bytes < littleBytes ? 'warn' : 'ok';
    return report('disk', state, state === 'ok' ? text.doctor.disk_ok : text.doctor.disk_low, {
      free: sizeText(bytes),
    });
  } catch (error) {
    return report('disk', 'warn', text.doctor.disk_unknown, { reason: reasonOf(error) });
  }
}

async function checkWorker(context: CliContext, options: DoctorOptions, report: Report): Promise<Check[]> {
  const { doctor } = context.text;
  const dependent = ['health', 'capture', 'indexes', 'event'] as const;
  try {
    // To connect makes a token where there is none.
    if (!existsSync(join(context.dataDir, 'owner.token'))) throw notRunning(context);
    const client = connectWorker(context);
    const status = await client.call((api) => api.status.get.query());
    return [
      report('worker', 'ok', doctor.worker_ok, { url: status.url, pid: status.pid }),
      await checkAnswer(client, status, context, report),
      status.capture.paused
        ? report('capture', 'warn', doctor.capture_paused, {
            since: timeText(status.capture.paused_since ?? status.started_at),
          })
        : report('capture', 'ok', doctor.capture_on),
      await checkIndexes(client, context, report, options.mend === true),
      checkLastEvent(status, context, report),
    ];
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return [report('worker', 'fail', error.message), ...dependent.map((id) => report(id, 'warn', doctor.skipped))];
  }
}

async function checkAnswer(
  client: WorkerClient,
  status: StatusView,
  { text }: CliContext,
  report: Report,
): Promise<Check> {
  const url = `${client.worker.url}/api/v1/health`;
  const startedMs = performance.now();
  const answer = await fetch(url, { signal: AbortSignal.timeout(healthWithinMs) }).then(
    (response) => String(response.status),
    (error: unknown) => reasonOf(error),
  );
  if (answer !== '200') return report('health', 'fail', text.doctor.health_bad, { url, status: answer });
  const [last] = status.errors.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  if (last !== undefined) {
    const count = status.errors.reduce((sum, error) => sum + error.count, 0);
    return report('health', 'warn', text.doctor.errors_recent, { count, message: last.message });
  }
  return report('health', 'ok', text.doctor.health_ok, { ms: Math.ceil(performance.now() - startedMs) });
}

/** It takes seconds for a large memory; one that takes too long is no fault. */
async function checkIndexes(
  client: WorkerClient,
  { text: { doctor } }: CliContext,
  report: Report,
  mend: boolean,
): Promise<Check> {
  try {
    const found = await client.call(({ indexes }) => (mend ? indexes.mend.mutate() : indexes.check.query()));
    const { lexical, vectors } = found;
    if (!isSound(found)) {
      const wrong = (vectors?.stale ?? 0) + (vectors?.ghosts ?? 0);
      return report('indexes', 'fail', doctor.indexes_bad, { ...lexical, vectors: wrong });
    }
    const { rows } = lexical;
    if (vectors === null) return report('indexes', 'ok', doctor.indexes_ok_lexical, { rows });
    return report('indexes', 'ok', doctor.indexes_ok, { rows, vectors: vectors.rows, waiting: vectors.waiting });
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return report('indexes', 'warn', doctor.unchecked, { reason: error.message });
  }
}

function checkLastEvent({ hooks }: StatusView, { text, terminal }: CliContext, report: Report): Check {
  const last = latestHook(hooks);
  if (last === null) return report('event', 'warn', text.doctor.event_none);
  const duration = durationText(Math.max(0, Date.now() - Date.parse(last.last_at)), terminal.locale);
  return report('event', 'ok', text.doctor.event_ok, { name: last.name, ago: fill(text.status.ago, { duration }) });
}

function checkHooks(context: CliContext, options: HooksOptions, report: Report): Check[] {
  const { doctor } = context.text;
  const found = installationOr(context, options);
  if (found instanceof CliError) {
    return [
      report('settings', 'warn', doctor.unchecked, { reason: found.message }),
      report('hooks', 'fail', found.message),
    ];
  }
  const { port } = found;
  const { state, problems, settings_file: file } = found.installation;
  const told = problems.join(' ');
  if (state === 'unreadable') return [report('settings', 'fail', told), report('hooks', 'fail', told)];
  const switchedOff = state === 'installed' && problems.length > 0;
  return [
    report('settings', switchedOff ? 'fail' : 'ok', switchedOff ? told : doctor.settings_ok, { file }),
    state === 'installed'
      ? report('hooks', 'ok', doctor.hooks_ok, { port })
      : report('hooks', 'fail', doctor.hooks_fix, { problems: told }),
  ];
}

/** A token that cannot be read is a finding like others; an option that means nothing is none. */
function installationOr(context: CliContext, options: HooksOptions): ReturnType<typeof currentInstallation> | CliError {
  try {
    return currentInstallation(context, options);
  } catch (error) {
    if (error instanceof CliError && error.exitCode !== exitCodes.usage) return error;
    throw error;
  }
}

function checkCurl({ text }: CliContext, report: Report): Check {
  const names = process.platform === 'win32' ? ['curl.exe'] : ['curl'];
  const paths = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  const path = paths.find((candidate) => {
    try {
      accessSync(candidate, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
  return path === undefined
    ? report('curl', 'warn', text.doctor.curl_missing)
    : report('curl', 'ok', text.doctor.curl_ok, { path });
}
