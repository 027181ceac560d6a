import type { AdminService } from '../../api/record-services.ts';
import type { IndexService } from '../../api/services.ts';
import { type IndexReport, isSound } from '../../../shared/index-views.ts';
import { scrub } from '../records/scrub.ts';
import type { Reader } from '../reader-pool.ts';
import type { WriterClient } from '../writer-client.ts';
import type { FileUse } from './admin-reading.ts';
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

/** Writing a file of 67 MB anew took 0.7 s, one of 310 MB 2.5 s, on the two shared cores. */
const vacuumMsPerMegabyte = 10;
/** Hooks wait meanwhile, and Claude Code gives them three seconds. */
const longestVacuumMs = 2_000;
/** An agent that has said nothing for so long is at rest. */
const restMs = 5 * 60 * 1000;

const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`;
const done = (...findings: string[]): Done => ({ ok: true, findings });

/** The tasks that care for the file; each is its own to fail. */
export function createMaintenance(parts: MaintenanceParts): Record<MaintenanceTask, () => Promise<Done>> {
  const { database, openReader, writer, indexes } = parts;
  const log = (isBusy: boolean) =>
    isBusy ? 'A reader still needs the log; it is emptied at the next rest.' : 'The log is folded into the file.';

  async function fileUse(): Promise<FileUse> {
    const reader = openReader();
    try {
      return await reader.call('fileUse', Date.now());
    } finally {
      await reader.close();
    }
  }

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
      const hindrance = (await missingRoom(database, size)) ?? whoWaits(await fileUse(), Date.now());
      if (hindrance !== null) return { ok: false, findings: [hindrance] };
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

/** Why a large file is not written anew now, as a sentence; null when nobody would wait for long. */
export function whoWaits({ usedBytes, lastEventAt }: FileUse, now: number): string | null {
  const takesMs = (usedBytes / 1_000_000) * vacuumMsPerMegabyte;
  if (takesMs <= longestVacuumMs || lastEventAt === null || lastEventAt < now - restMs) return null;
  const wait = `which holds agents up for about ${Math.round(takesMs / 1000)} seconds`;
  const work = `one was at work in the last ${restMs / 60_000} minutes`;
  return `${megabytes(usedBytes)} have to be written anew, ${wait}, and ${work}. Run it when they rest. Nothing was changed.`;
}

function faultsOf({ lexical, vectors }: IndexReport): string {
  const text = lexical.missing + lexical.stale + lexical.ghosts;
  const near = (vectors?.stale ?? 0) + (vectors?.ghosts ?? 0);
  return `${text} rows are wrong in the text index and ${near} among the vectors.`;
}
