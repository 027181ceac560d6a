import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobHandler } from '../../jobs/job.ts';
import { dataPaths } from '../../store/data-folder.ts';
import { exportedKinds } from '../../store/tables/export-reader.ts';
import { diskError } from './backup-handler.ts';
import type { UnderstandingParts } from './parts.ts';

const rowsAtOnce = 500;
const draftEnd = '.part';

/** Writes sessions, summaries, learnings, memories and observations as lines of JSON into a file that only its owner may read. */
export function createExportHandler({
  options,
  intake,
}: Pick<UnderstandingParts, 'options' | 'intake'>): JobHandler<'export'> {
  async function write(file: string, signal: AbortSignal, progress: (done: number, total: number) => void) {
    const total = await intake.call('exportTotal');
    const handle = await open(file, 'wx', 0o600);
    let lines = 0;
    try {
      for (const kind of exportedKinds) {
        for (let after: number | null = 0; after !== null;) {
          signal.throwIfAborted();
          const page: { text: string; count: number; next: number | null } = await intake.call('exportPage', {
            kind,
            after,
            limit: rowsAtOnce,
          });
          await handle.appendFile(page.text);
          lines += page.count;
          after = page.next;
          // Rows that came meanwhile are written too.
          progress(lines, Math.max(lines, total));
        }
      }
      await handle.sync();
    } finally {
      await handle.close();
    }
    return lines;
  }

  return async ({ signal, progress }) => {
    const folder = dataPaths(options.dataDir).exports;
    const name = `memory-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.jsonl`;
    const draft = join(folder, `${name}${draftEnd}`);
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // What a kill left behind.
      for (const left of await readdir(folder)) if (left.endsWith(draftEnd)) await rm(join(folder, left));
      const lines = await write(draft, signal, progress);
      await rename(draft, join(folder, name));
      return { result: `${lines} lines in exports/${name}.`, apply: null };
    } catch (error) {
      await rm(draft, { force: true });
      throw diskError(error, 'There is no room for the export');
    }
  };
}
