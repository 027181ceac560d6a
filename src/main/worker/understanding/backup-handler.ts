import { JobFailedError, type JobHandler } from '../../jobs/job.ts';
import { dataPaths } from '../../store/data-folder.ts';
import { tellBackup } from '../told-services.ts';
import type { UnderstandingParts } from './parts.ts';

const diskFull = new Set(['SQLITE_FULL', 'ENOSPC']);

/** Copies the memory in a thread of its own, which ends with it: the copy takes as long as the file is large. */
export function createBackupHandler({
  options,
  settings,
  openReader,
  signals,
}: Pick<UnderstandingParts, 'options' | 'settings' | 'openReader' | 'signals'>): JobHandler<'backup'> {
  return async () => {
    const { database, backups } = dataPaths(options.dataDir);
    const kept = settings.value('backups.kept');
    const reader = openReader();
    try {
      const request = { source: database, folder: backups, at: Date.now(), kept };
      const made = await tellBackup(signals, () => reader.call('backUp', request));
      const size = (made.sizeBytes / 1_000_000).toFixed(1);
      return { result: `${made.name}, ${size} MB, checked. The last ${kept} are kept.`, apply: null };
    } catch (error) {
      throw diskError(error, 'There is no room for a copy of the memory');
    } finally {
      await reader.close();
    }
  };
}

/** A full disk may have room later; everything else is as it was. */
export function diskError(error: unknown, what: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return diskFull.has(code) ? new JobFailedError('transient', `${what}; free some space on the disk.`) : error;
}
