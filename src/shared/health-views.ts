/** Whether the memory can do its work. */

export const dependencyStates = ['up', 'degraded', 'down', 'off'] as const;

export interface DependencyView {
  /** database, writer, reader, intake, jobs, embedding, model, disk. */
  name: string;
  state: (typeof dependencyStates)[number];
  /** A sentence that says what is wrong and what to do; null when it is up. */
  problem: string | null;
  took_ms: number | null;
}

export interface HealthView {
  status: 'ok' | 'degraded' | 'down';
  version: string;
  uptime_ms: number;
  dependencies: DependencyView[];
}

export interface MaintenanceReport {
  /** What was done: integrity, optimize, checkpoint, vacuum, reindex. */
  task: string;
  ok: boolean;
  /** What was found or gained, one sentence each. */
  findings: string[];
  took_ms: number;
}

/** The worker that goes. */
export interface HandOverView {
  pid: number;
}

export interface BackupView {
  /** For the owner its path, for others its name. */
  file: string;
  size_bytes: number;
  created_at: string;
}
