import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  type Stats,
} from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { SettingsFileError } from './claude-hooks/settings-file-error.ts';
import { makeFolder } from '../store/make-folder.ts';

/** Claude Code's user settings; `CLAUDE_CONFIG_DIR` moves them, as it does for the client itself. */
export function claudeSettingsFile(): string {
  return join(process.env['CLAUDE_CONFIG_DIR'] || join(homedir(), '.claude'), 'settings.json');
}

const backupMark = '.claude-mem-backup-';
const keptBackups = 5;
const mostAttempts = 5;
/** Real settings are some kilobytes; more than this is another kind of file. */
const largestBytes = 8 * 1024 * 1024;
const byteOrderMark = '\uFEFF';

interface Snapshot {
  bytes: Buffer;
  text: string;
  stats: Stats;
}

/** The file's text without its byte order mark; null when it is not there. Throws `SettingsFileError`. */
export function readSettingsFile(file: string): string | null {
  return guarded(file, () => snapshot(file)?.text.replace(byteOrderMark, '') ?? null);
}

/**
 * Changes the file in one step: what `edit` returns replaces it, through a synced temporary file beside it.
 * A copy of what was there is kept. When somebody else writes meanwhile, the edit is done again on what they wrote.
 * Returns whether anything changed. Throws `SettingsFileError`, and then nothing was written.
 */
export function changeSettingsFile(file: string, edit: (text: string | null) => string | null): boolean {
  return guarded(file, () => {
    for (let attempt = 0; attempt < mostAttempts; attempt++) {
      const target = throughLinks(file);
      const before = snapshot(target);
      const mark = before?.text.startsWith(byteOrderMark) ? byteOrderMark : '';
      const text = before?.text.slice(mark.length) ?? null;
      const changed = edit(text);
      if (changed === null || changed === text) return false;
      if (replaceFile(target, mark + changed, before, () => before && keepBackup(file, before))) return true;
    }
    throw new SettingsFileError('SETTINGS_CHANGING', { file });
  });
}

function guarded<T>(file: string, action: () => T): T {
  try {
    return action();
  } catch (cause) {
    if (cause instanceof SettingsFileError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SettingsFileError('SETTINGS_UNUSABLE', { file, reason }, { cause });
  }
}

const isMissing = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'ENOENT';

function orNullWhenMissing<T>(action: () => T): T | null {
  try {
    return action();
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function snapshot(file: string): Snapshot | null {
  return orNullWhenMissing(() => {
    const stats = statSync(file);
    if (stats.size > largestBytes) throw new SettingsFileError('SETTINGS_TOO_LARGE', { file, bytes: stats.size });
    const bytes = readFileSync(file);
    try {
      return { bytes, stats, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
    } catch (cause) {
      throw new SettingsFileError('SETTINGS_NOT_UTF8', { file }, { cause });
    }
  });
}

/** The file that a rename must replace so that a link, also one that leads nowhere yet, stays a link. */
function throughLinks(file: string): string {
  const real = orNullWhenMissing(() => realpathSync(file));
  if (real !== null) return real;
  const link = orNullWhenMissing(() => lstatSync(file))?.isSymbolicLink() ?? false;
  return link ? throughLinks(resolve(dirname(file), readlinkSync(file))) : file;
}

/** False when the file is no longer what was read. */
function replaceFile(target: string, content: string, before: Snapshot | null, onReady: () => unknown): boolean {
  const folder = dirname(target);
  makeFolder(folder);
  const draft = join(folder, `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const handle = openSync(draft, 'wx', 0o600);
    try {
      writeFileSync(handle, content);
      if (before !== null) fchmodSync(handle, before.stats.mode & 0o7777);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    if (before !== null) keepOwner(draft, before.stats);
    const now = snapshot(target);
    if (now === null ? before !== null : before === null || !now.bytes.equals(before.bytes)) return false;
    onReady();
    renameSync(draft, target);
    syncFolder(folder);
    return true;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Matters when root edits another person's file. */
function keepOwner(draft: string, { uid, gid }: Stats): void {
  const own = statSync(draft);
  if (own.uid !== uid || own.gid !== gid) chownSync(draft, uid, gid);
}

/** Makes the rename itself durable; Windows cannot open folders and does it on its own. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Copies what was there beside the path that was given (not beside a link's target, which may lie in a repository). */
function keepBackup(file: string, { bytes }: Snapshot): void {
  const prefix = basename(file) + backupMark;
  const folder = dirname(file);
  const backups = () =>
    readdirSync(folder)
      .filter((name) => name.startsWith(prefix))
      .toSorted();
  const newest = backups().at(-1)?.slice(prefix.length) ?? '';
  const stamp = new Date().toISOString().replaceAll(/[-:.]/g, '');
  // Two changes in one millisecond, or a clock that was set back, must not cost a backup.
  const name = prefix + (stamp > newest ? stamp : `${newest}+`);
  writeFileSync(join(folder, name), bytes, { flag: 'wx', mode: 0o600 });
  for (const old of backups().slice(0, -keptBackups)) rmSync(join(folder, old), { force: true });
}
