import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fill } from '../../../shared/messages/fill.ts';
import type { HookInstallation } from '../../../shared/views.ts';
import {
  hooksStatus,
  installedAddress,
  installHooks,
  uninstallHooks,
} from '../../capture/claude-hooks/install-hooks.ts';
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
  const { installation } = currentInstallation(context, options);
  context.print(installation, () => readableInstallation(installation, context));
  return installation.state === 'installed' ? exitCodes.ok : exitCodes.failed;
}

/** What is installed, compared with the worker's port and token, and that port; makes nothing. Throws `CliError`. */
export function currentInstallation(
  context: CliContext,
  options: HooksOptions,
): { installation: HookInstallation; port: number } {
  const { settingsFile, url, port } = hooksPlace(context, options);
  // Without a token no hook that is in the file can be right.
  const captureToken = existingToken(context) ?? '';
  const installation = hooksStatus({ settingsFile, url, captureToken, locale: context.terminal.locale });
  return { installation, port };
}

/**
 * Where the hooks belong: the settings file, and the address that they should call. That of the running worker; else the port that
 * was named, the one that the installed hooks of this data folder call, or the one that a worker takes by default. Throws `CliError`.
 */
function hooksPlace(context: CliContext, options: HooksOptions): HooksPlace {
  const { dataDir, text } = context;
  const named = portOption(options, text);
  const worker = readWorkerFile(dataPaths(dataDir).worker);
  const settingsFile = settingsFileOf(options);
  if (worker !== null && isProcess(worker.pid)) {
    if (named !== null && named !== worker.port) {
      const message = fill(text.errors.other_port, { value: named, port: worker.port });
      throw new CliError('USAGE', message, exitCodes.usage);
    }
    return { settingsFile, url: worker.url, port: worker.port, running: true };
  }
  const captureToken = named === null ? existingToken(context) : null;
  const installed = captureToken === null ? null : installedAddress({ settingsFile, captureToken });
  const url = installed ?? `http://127.0.0.1:${named ?? defaultPort}`;
  return { settingsFile, url, port: Number(new URL(url).port || 80), running: false };
}

function portOption({ port: value }: HooksOptions, text: CliContext['text']): number | null {
  if (value === undefined) return null;
  const port = Number(value);
  if (/^\d+$/.test(value) && port >= 1 && port <= 65_535) return port;
  throw new CliError('USAGE', fill(text.errors.invalid_port, { value }), exitCodes.usage);
}

/** The token of the hooks; null while there is none. Throws `CliError` for one that cannot be read. */
function existingToken({ dataDir, text }: CliContext): string | null {
  return existsSync(join(dataDir, 'capture.token')) ? tokenOf(dataDir, 'capture', text) : null;
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

function readableInstallation(installation: HookInstallation, { terminal, text }: CliContext): string {
  const style = installation.state === 'installed' ? 'green' : 'yellow';
  const state = styled(terminal, style, text.states[installation.state]);
  const lines = [fill(text.hooks.state, { file: installation.settings_file, state })];
  if (installation.events.length > 0) lines.push(`${text.hooks.events}: ${installation.events.join(', ')}`);
  return [...lines, ...installation.problems].join('\n');
}
