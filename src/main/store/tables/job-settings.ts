import type { JobKind } from '../../../shared/job-views.ts';
import type { ReadableDb, WritableDb } from '../database.ts';

/** What a person chose for a kind; null as it ships. */
export interface KindRow {
  kind: string;
  paused: boolean | null;
  concurrency: number | null;
}

export interface ScheduleRow {
  kind: string;
  cron: string | null;
  enabled: boolean | null;
  counted_from: number;
  last_at: number | null;
}

const pausedKey = 'jobs.paused';
type Stored<Row> = { [Name in keyof Row]: boolean extends Row[Name] ? number | null : Row[Name] };

const flag = (stored: number | null): boolean | null => (stored === null ? null : stored === 1);

/** A person's choices about the queue. */
export function createJobSettingsReader(db: ReadableDb) {
  const kinds = db.prepare<[], Stored<KindRow>>('SELECT kind, paused, concurrency FROM job_kinds');
  const schedules = db.prepare<[], Stored<ScheduleRow>>(
    'SELECT kind, cron, enabled, counted_from, last_at FROM job_schedules',
  );
  const paused = db.prepare<[string], string>('SELECT value FROM configurations WHERE key = ?').pluck();
  return {
    paused: (): boolean => paused.get(pausedKey) === 'true',
    kinds: (): KindRow[] => kinds.all().map((row) => ({ ...row, paused: flag(row.paused) })),
    schedules: (): ScheduleRow[] => schedules.all().map((row) => ({ ...row, enabled: flag(row.enabled) })),
  };
}

/** Writes them. */
export function createJobSettingsWriter(db: WritableDb) {
  const pauseAll = db.prepare<[string, string, number]>(`
    INSERT INTO configurations (key, value, updated_at) VALUES (?, ?, ?)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at`);
  const pause = db.prepare<[string, number]>(`
    INSERT INTO job_kinds (kind, paused) VALUES (?, ?) ON CONFLICT (kind) DO UPDATE SET paused = excluded.paused`);
  const concurrency = db.prepare<[string, number]>(`
    INSERT INTO job_kinds (kind, concurrency) VALUES (?, ?)
    ON CONFLICT (kind) DO UPDATE SET concurrency = excluded.concurrency`);
  const know = db.prepare<[string, number]>(
    `INSERT INTO job_schedules (kind, counted_from) VALUES (?, ?)
     ON CONFLICT (kind) DO UPDATE SET counted_from = min(counted_from, excluded.counted_from),
       last_at = min(last_at, excluded.counted_from)`,
  );
  const setSchedule = db.prepare(`
    INSERT INTO job_schedules (kind, cron, enabled, counted_from) VALUES (@kind, @cron, @enabled, @at)
    ON CONFLICT (kind) DO UPDATE SET cron = excluded.cron, enabled = excluded.enabled, counted_from = excluded.counted_from`);
  const ran = db.prepare<[number, string]>('UPDATE job_schedules SET last_at = ? WHERE kind = ?');
  return {
    pauseAll: (paused: boolean, at: number) => void pauseAll.run(pausedKey, JSON.stringify(paused), at),
    pause: (kind: JobKind, paused: boolean) => void pause.run(kind, paused ? 1 : 0),
    setConcurrency: (kind: JobKind, count: number) => void concurrency.run(kind, count),
    /** From when on missed runs count; stays as it is when it is known, unless a clock was ahead then. */
    know: (kind: JobKind, at: number) => void know.run(kind, at),
    /** Runs that were due before are not made up for. */
    setSchedule: (kind: JobKind, { cron, enabled }: { cron: string; enabled: boolean }, at: number) =>
      void setSchedule.run({ kind, cron, enabled: enabled ? 1 : 0, at }),
    ran: (kind: JobKind, at: number) => void ran.run(at, kind),
  };
}
