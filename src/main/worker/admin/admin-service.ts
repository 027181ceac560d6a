import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { TRPCError } from '@trpc/server';
import type { Signals } from '../../api/event-feed.ts';
import type { AdminService } from '../../api/record-services.ts';
import { dataPaths } from '../../store/data-folder.ts';
import type { BackupView, MaintenanceReport } from '../../../shared/health-views.ts';
import type { Settings } from '../settings/settings.ts';
import { tellBackup } from '../told-services.ts';
import type { Tenure } from '../tenure.ts';
import type { WorkerOptions } from '../worker.ts';
import { createMaintenance, type Done, type MaintenanceParts, type MaintenanceTask } from './maintenance.ts';

export interface AdminServiceParts extends Omit<MaintenanceParts, 'database'> {
  options: Pick<WorkerOptions, 'dataDir'>;
  settings: Pick<Settings, 'value'>;
  signals: Signals;
  tenure: Pick<Tenure, 'handOver'>;
  onFault(error: unknown): void;
}

const backupName = /^memory-.*\.db$/;

/** The contract's operations on the file: copies of it, and its care. */
export function createAdminService(parts: AdminServiceParts): AdminService {
  const { options, settings, openReader, signals, tenure, onFault } = parts;
  const { database, backups: folder } = dataPaths(options.dataDir);
  const maintenance = createMaintenance({ ...parts, database });
  let caring: Promise<unknown> = Promise.resolve();

  async function backups(): Promise<BackupView[]> {
    const names = (await readdir(folder).catch(() => [])).filter((name) => backupName.test(name));
    const views = await Promise.all(
      names.map(async (name) => {
        const info = await stat(join(folder, name)).catch(() => null);
        return info === null
          ? null
          : { file: join(folder, name), size_bytes: info.size, created_at: info.mtime.toISOString() };
      }),
    );
    return views
      .filter((view) => view !== null)
      .toSorted((one, other) => other.created_at.localeCompare(one.created_at) || other.file.localeCompare(one.file));
  }

  async function run(task: MaintenanceTask): Promise<MaintenanceReport> {
    const startedAt = performance.now();
    const { ok, findings } = await maintenance[task]().catch((error: unknown): Done => {
      onFault(error);
      return { ok: false, findings: [error instanceof Error ? error.message : String(error)] };
    });
    return { task, ok, findings, took_ms: Math.round(performance.now() - startedAt) };
  }

  /** One at a time: two of them would only wait for each other's disk. */
  function alone<T>(work: () => Promise<T>): Promise<T> {
    const next = caring.then(work);
    caring = next.catch(() => {});
    return next;
  }

  /** Asked for again before it has begun, it is done once for all who wait: nobody makes a queue of what takes seconds each. */
  function shared<T>(work: () => Promise<T>): () => Promise<T> {
    let waiting: Promise<T> | null = null;
    const begin = () => {
      waiting = null;
      return work();
    };
    return () => (waiting ??= alone(begin));
  }

  async function copy(): Promise<BackupView> {
    const reader = openReader();
    try {
      const kept = settings.value('backups.kept');
      const request = { source: database, folder, at: Date.now(), kept };
      const { name } = await tellBackup(signals, () => reader.call('backUp', request));
      const made = (await backups()).find(({ file }) => file === join(folder, name));
      if (made === undefined) throw new Error(`The copy ${name} is gone already.`);
      return made;
    } catch (error) {
      if (!isFull(error)) throw error;
      const message = 'There is no room for a copy of the memory; free some space on the disk.';
      throw new TRPCError({ code: 'PRECONDITION_FAILED', message, cause: error });
    } finally {
      await reader.close();
    }
  }

  async function care(tasks: ReadonlySet<MaintenanceTask>): Promise<MaintenanceReport[]> {
    const reports: MaintenanceReport[] = [];
    for (const task of tasks) reports.push(await run(task));
    return reports;
  }

  /** By their names. */
  const cares = new Map<string, () => Promise<MaintenanceReport[]>>();

  return {
    backups,
    backUp: shared(copy),
    maintain(tasks) {
      const wanted = new Set(tasks);
      const names = [...wanted].join(' ');
      const known = cares.get(names) ?? shared(() => care(wanted));
      cares.set(names, known);
      return known();
    },
    handOver() {
      tenure.handOver();
      return { pid: process.pid };
    },
  };
}

function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'SQLITE_FULL' || error.code === 'ENOSPC');
}
