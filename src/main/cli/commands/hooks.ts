import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fill } from '../../../shared/messages/fill.ts';
import type { HookInstallation } from '../../../shared/views.ts';
import { hooksStatus, installHooks, uninstallHooks } from '../../capture/claude-hooks/install-hooks.ts';
import type { HookTarget } from '../../capture/claude-hooks/hook-events.ts';
import { claudeSettingsFile } from '../../capture/claude-settings-file.ts';
import { dataPaths } from '../../store/data-folder.ts';
import { readWorkerFile } from '../../store/worker-file.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import type { CliContext } from '../cli-context.ts';
import { styled } from '../terminal.ts';
import { tokenOf } from '../worker-client.ts';

export interface HooksOptions {
  settings?: string;
  port?: string;
}

const defaultPort = 37_700;

interface HooksPlace {
  settingsFile: string;
  url: string;
  port: number;
  running: boolean;
}

/** `cmem hooks install`: works with the worker stopped, too. */
export function hooksInstallCommand(context: CliContext, options: HooksOptions): number {
  const place = hooksPlace(context, options);
  const target: HookTarget = { url: place.url, captureToken: tokenOf(context.dataDir, 'capture', context.text) };
  installHooks({ settingsFile: place.settingsFile, ...target });
  const installation = hooksStatus({ settingsFile: place.settingsFile, ...target, locale: context.terminal.locale });
  context.print(installation, () => {
    const { text, terminal } = context;
    const done = fill(text.hooks.installed, { file: place.settingsFile, url: target.url });
    const notes = place.running ? [] : [fill(text.hooks.not_running_note, { port: place.port })];
    return [styled(terminal, 'green', done), ...notes, ...installation.problems].join('\n');
  });
  return exitCodes.ok;
}

/** `cmem hooks uninstall`: takes exactly our entries out. */
export function hooksUninstallCommand(context: CliContext, options: HooksOptions): number {
  const settingsFile = settingsFileOf(options);
  const installation = uninstallHooks({ settingsFile });
  context.print({ ...installation, problems: [] }, () => fill(context.text.hooks.uninstalled, { file: settingsFile }));
  return exitCodes.ok;
}

/** `cmem hooks status`: exit code 1 unless they are installed for this worker. */
export function hooksStatusCommand(context: CliContext, options: HooksOptions): number {
  const place = hooksPlace(context, options);
  const installation = currentInstallation(context, options);
  context.print(installation, () => readableInstallation(installation, place, context));
  return installation.state === 'installed' ? exitCodes.ok : exitCodes.failed;
}

/** What is installed, compared with the worker's port (running or by default) and token; makes nothing. */
export function currentInstallation(context: CliContext, options: HooksOptions): HookInstallation {
  const place = hooksPlace(context, options);
  const { dataDir, terminal, text } = context;
  const hasToken = existsSync(join(dataDir, 'capture.token'));
  // Without a token no hook that is in the file can be right.
  const captureToken = hasToken ? tokenOf(dataDir, 'capture', text) : '';
  return hooksStatus({ settingsFile: place.settingsFile, url: place.url, captureToken, locale: terminal.locale });
}

/** Where the hooks belong: the settings file, and the port that they should call. Throws `CliError`. */
export function hooksPlace({ dataDir, text }: CliContext, options: HooksOptions): HooksPlace {
  const worker = readWorkerFile(dataPaths(dataDir).worker);
  const settingsFile = settingsFileOf(options);
  if (worker !== null && isProcess(worker.pid)) {
    return { settingsFile, url: worker.url, port: worker.port, running: true };
  }
  const value = options.port ?? String(defaultPort);
  const port = Number(value);
  if (!/^\d+$/.test(value) || port < 1 || port > 65_535) {
    throw new CliError('USAGE', fill(text.errors.invalid_port, { value }), exitCodes.usage);
  }
  return { settingsFile, url: `http://127.0.0.1:${port}`, port, running: false };
}

/** A killed worker leaves its file behind; its port means nothing any more. */
function isProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function settingsFileOf({ settings }: HooksOptions): string {
  return settings === undefined ? claudeSettingsFile() : resolve(settings);
}

function readableInstallation(
  installation: HookInstallation,
  place: HooksPlace,
  { terminal, text }: CliContext,
): string {
  const style = installation.state === 'installed' ? 'green' : 'yellow';
  const state = styled(terminal, style, text.states[installation.state]);
  const lines = [fill(text.hooks.state, { file: place.settingsFile, state })];
  if (installation.events.length > 0) lines.push(`${text.hooks.events}: ${installation.events.join(', ')}`);
  return [...lines, ...installation.problems].join('\n');
}
