import { basename } from 'node:path';
import { type Caller, isOwner } from '../access/caller.ts';
import type { EmbeddingStatus } from '../../shared/embedding-views.ts';
import type { BackupView, MaintenanceReport } from '../../shared/health-views.ts';
import type { McpSetupView } from '../../shared/mcp-views.ts';
import type { ModelStatus } from '../../shared/model-views.ts';
import type { StatusView } from '../../shared/views.ts';

// Where things lie on this machine is the owner's to know: whoever else asks is told the names of files, and nothing of the hooks.

type Asker = Pick<Caller, 'kind'>;

/** In quotes, as the system names what it could not open; such a path may have spaces. */
const quotedFolders = /(?<=['"])(?:[A-Za-z]:)?[\\/](?:[^'"\n]*[\\/])?(?=[^'"\\/\n]+['"])/g;
/** To the last separator of a path, of whichever system; what stands within an address is none. */
const folders = /(?<![\w.:/\\-])(?:file:\/\/)?(?:[A-Za-z]:)?(?:[\\/][^\s\\/:*?"'<>|()]+)*[\\/](?=[^\s\\/])/g;

/** The text with the names of files in the place of their paths. */
export function withoutFolders(text: string): string {
  return text.replaceAll(quotedFolders, '').replaceAll(folders, '');
}

export function statusFor(caller: Asker, status: StatusView): StatusView {
  if (isOwner(caller)) return status;
  const { database, lock, errors, embedding } = status;
  return {
    ...status,
    data_dir: null,
    database: { ...database, file: basename(database.file) },
    lock: { ...lock, file: basename(lock.file) },
    installation: null,
    errors: errors.map((error) => ({ ...error, message: withoutFolders(error.message) })),
    embedding: embeddingFor(caller, embedding),
  };
}

export function embeddingFor(caller: Asker, status: EmbeddingStatus): EmbeddingStatus {
  return isOwner(caller) ? status : { ...status, problem: problemWithoutFolders(status.problem) };
}

export function modelsFor(caller: Asker, status: ModelStatus): ModelStatus {
  if (isOwner(caller)) return status;
  const { settings, claude_path: program, problem, mode_problems: modeProblems } = status;
  const { cli_path: chosen } = settings;
  return {
    ...status,
    settings: { ...settings, cli_path: chosen === null ? null : basename(chosen) },
    claude_path: program === null ? null : basename(program),
    problem: problemWithoutFolders(problem),
    mode_problems: modeProblems.map((sentence) => withoutFolders(sentence)),
  };
}

export function backupFor(caller: Asker, backup: BackupView): BackupView {
  return isOwner(caller) ? backup : { ...backup, file: basename(backup.file) };
}

export function reportFor(caller: Asker, report: MaintenanceReport): MaintenanceReport {
  if (isOwner(caller)) return report;
  return { ...report, findings: report.findings.map((finding) => withoutFolders(finding)) };
}

/** The commands of this machine are of no use elsewhere. */
export function mcpSetupFor(caller: Asker, setup: McpSetupView): McpSetupView {
  return isOwner(caller) ? setup : { ...setup, stdio: null, plugin: null };
}

function problemWithoutFolders<Problem extends { message: string }>(problem: Problem | null): Problem | null {
  return problem === null ? null : { ...problem, message: withoutFolders(problem.message) };
}
