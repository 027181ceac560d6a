import { realpathSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import type { CapturedEvent } from './captured-event.ts';

/**
 * Tells what happened in the folder in which we ask an agent as a model ourselves: that is no work of anybody's, and to remember
 * it would be to sum up our own summing up. The folder need not exist, the one above it must.
 */
export function createOwnRuns(folder: string): (event: Pick<CapturedEvent, 'cwd' | 'transcriptPath'>) => boolean {
  // Whoever runs there is told the folder without links on the way to it.
  const folders = [folder, join(realpathSync(dirname(folder)), basename(folder))];
  const transcriptFolders = new Set(folders.map((path) => path.replaceAll(/[^A-Za-z0-9]/g, '-')));
  return ({ cwd, transcriptPath }) => {
    if (cwd !== null && folders.some((own) => cwd === own || cwd.startsWith(`${own}${sep}`))) return true;
    return transcriptPath !== null && transcriptFolders.has(basename(dirname(transcriptPath)));
  };
}
