import type { AdminService } from '../../api/record-services.ts';
import type { IndexService } from '../../api/services.ts';
import { type IndexReport, isSound } from '../../../shared/index-views.ts';
import { scrub } from '../records/scrub.ts';
import type { Reader } from '../reader-pool.ts';
import type { WriterClient } from '../writer-client.ts';
import { missingRoom } from './room-on-disk.ts';

export type MaintenanceTask = Parameters<AdminService['maintain']>[0][number];

export interface MaintenanceParts {
  database: string;
  /** Starts one more reader thread, for what takes long. */
  openReader(): Reader;
  writer: WriterClient;
  indexes: IndexService;
}

/** What came of one task: sentences, and whether all is well. */
export interface Done {
  ok: boolean;
  findings: string[];
}

const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`;
const done = (...findings: string[]): Done => ({ ok: true, findings });

/** The tasks that care for the file; each is its own to fail. */
export function createMaintenance(parts: MaintenanceParts): Record<MaintenanceTask, () => Promise<Done>> {
  const { database, openReader, writer, indexes } = parts;
  const log = (isBusy: boolean) =>
    isBusy ? 'A reader still needs the log; it is emptied at the next rest.' : 'The log is folded into the file.';

  return {
    async integrity() {
      const reader = openReader();
      try {
        const faults = await reader.call('checkFile');
        if (faults.length > 0) return { ok: false, findings: faults };
      } finally {
        await reader.close();
      }
      const report = await indexes.check();
      return isSound(report)
        ? done('The file and its indexes are sound.')
        : { ok: false, findings: [`${faultsOf(report)} The task reindex mends them.`] };
    },
    async optimize() {
      // In steps of a commit each, between which hooks are answered.
      await scrub(writer);
      await writer.care('analyse');
      return done('The text index is merged, and the planner knows the tables.');
    },
    async checkpoint() {
      const { isBusy } = await writer.care('checkpoint');
      return { ok: !isBusy, findings: [log(isBusy)] };
    },
    async vacuum() {
      const { after: size } = await writer.care('checkpoint');
      const missing = await missingRoom(database, size);
      if (missing !== null) return { ok: false, findings: [missing] };
      const startedAt = performance.now();
      const { before, after, isBusy } = await writer.care('vacuum');
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      return done(
        `The file has ${megabytes(after)} now, ${megabytes(Math.max(0, before - after))} less.`,
        `What arrived meanwhile waited, for ${seconds} seconds at most.`,
        log(isBusy),
      );
    },
    async reindex() {
      const report = await indexes.mend();
      return isSound(report)
        ? done('All rows are indexed.')
        : { ok: false, findings: [`After mending: ${faultsOf(report)}`] };
    },
  };
}

function faultsOf({ lexical, vectors }: IndexReport): string {
  const text = lexical.missing + lexical.stale + lexical.ghosts;
  const near = (vectors?.stale ?? 0) + (vectors?.ghosts ?? 0);
  return `${text} rows are wrong in the text index and ${near} among the vectors.`;
}
