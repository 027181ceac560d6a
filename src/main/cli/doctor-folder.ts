import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fill } from '../../shared/messages/fill.ts';
import { dataPaths } from '../store/data-folder.ts';
import { type FileFinding, inspectFile, isLocked } from '../store/inspect-file.ts';
import type { CliContext } from './cli-context.ts';
import type { Check, Report } from './doctor-checks.ts';
import { sizeText } from './values.ts';
import { reasonOf } from './worker-client.ts';

const tokens = ['owner.token', 'capture.token'];
const files = [...tokens, 'worker.lock', 'worker.json', 'secrets.json'];

/** Whether the data folder is one that a worker can use. */
export function checkFolder({ dataDir, text: { doctor } }: CliContext, report: Report): Check {
  try {
    const folder = statSync(dataDir, { throwIfNoEntry: false });
    if (folder === undefined) return report('data', 'warn', doctor.data_missing, { data: dataDir });
    if (!folder.isDirectory()) return report('data', 'fail', doctor.data_no_folder, { data: dataDir });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
    for (const name of files) {
      const path = join(dataDir, name);
      const stat = statSync(path, { throwIfNoEntry: false });
      if (stat === undefined) continue;
      if (!stat.isFile()) return report('data', 'fail', doctor.data_no_file, { path });
      accessSync(path, constants.R_OK);
    }
    if (process.platform !== 'win32') {
      const modes: [string, string][] = [
        [dataDir, '700'],
        ...tokens.map((name): [string, string] => [join(dataDir, name), '600']),
      ];
      const open = modes.find(([path]) => ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o077) !== 0);
      if (open !== undefined) return report('data', 'fail', doctor.data_open, { path: open[0], mode: open[1] });
    }
    return report('data', 'ok', doctor.data_ok, { data: dataDir });
  } catch (error) {
    return report('data', 'fail', doctor.data_unreadable, { data: dataDir, reason: reasonOf(error) });
  }
}

/** What lies in the files of all memories, while no worker has them; nothing of them is changed. */
export async function checkMemories(context: CliContext, report: Report): Promise<Check[]> {
  const { dataDir, text } = context;
  const { lock } = dataPaths(dataDir);
  if (await isLocked(lock)) return [report('memory', 'warn', text.doctor.memory_in_use)];
  const checks: Check[] = [];
  for (const folder of [dataDir, ...foldersIn(join(dataDir, 'organizations'))]) {
    const { database, backups } = dataPaths(folder);
    const found = await inspectFile(database);
    if (found.is === 'absent' && folder !== dataDir) continue;
    checks.push(reported(found, { file: database, backups }, context, report));
  }
  return checks;
}

function reported(
  found: FileFinding,
  { file, backups }: { file: string; backups: string },
  { text: { doctor } }: CliContext,
  report: Report,
): Check {
  const copy = newestCopy(backups);
  const wayOut = copy === null ? doctor.memory_without_copy : fill(doctor.memory_from_copy, { copy });
  switch (found.is) {
    case 'sound': {
      const { version, sizeBytes, hasLog } = found;
      const values = { file, version, size: sizeText(sizeBytes) };
      return report('memory', 'ok', hasLog ? doctor.memory_ok_log : doctor.memory_ok, values);
    }
    case 'absent':
      return copy === null
        ? report('memory', 'ok', doctor.memory_absent, { file })
        : report('memory', 'warn', doctor.memory_lost, { file, copy });
    case 'empty':
      return report('memory', copy === null ? 'warn' : 'fail', `${doctor.memory_empty} ${wayOut}`, { file });
    case 'no_file':
      return report('memory', 'fail', doctor.data_no_file, { path: file });
    case 'no_database':
      return report('memory', 'fail', `${doctor.memory_no_database} ${wayOut}`, { file });
    case 'foreign':
      return report('memory', 'fail', `${doctor.memory_foreign} ${wayOut}`, { file });
    case 'damaged':
      return report('memory', 'fail', `${doctor.memory_damaged} ${wayOut}`, { file, reason: found.reason });
    case 'newer':
      return report('memory', 'fail', doctor.memory_newer, { file, version: found.version, newest: found.newest });
    case 'in_use':
      return report('memory', 'warn', doctor.memory_in_use);
    case 'unreadable':
      return report('memory', 'fail', doctor.memory_unreadable, { file, reason: found.reason });
    case 'unchecked':
      return report('memory', 'warn', doctor.memory_unchecked, { file, reason: found.reason });
  }
}

/** The file that was written last; null where there is none. */
function newestCopy(backups: string): string | null {
  try {
    const copies = readdirSync(backups)
      .filter((name) => name.endsWith('.db'))
      .map((name) => ({ path: join(backups, name), at: statSync(join(backups, name)).mtimeMs }))
      .toSorted((a, b) => b.at - a.at);
    return copies[0]?.path ?? null;
  } catch {
    return null;
  }
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}
