import type { StatusView } from '../../../shared/views.ts';
import type { ReadableDb, WritableDb } from '../database.ts';

export interface HookCount {
  name: string;
  last_at: number;
  count: number;
}

/** Figures for the status page; counts are exact, from the smallest index of each table. */
export function createStatisticsReader(db: ReadableDb) {
  const counts = db.prepare<[], StatusView['database']['counts']>(`
    SELECT (SELECT COUNT(*) FROM events) AS events, (SELECT COUNT(*) FROM sessions) AS sessions,
      (SELECT COUNT(*) FROM prompts) AS prompts, (SELECT COUNT(*) FROM messages) AS messages,
      (SELECT COUNT(*) FROM observations) AS observations, (SELECT COUNT(*) FROM projects) AS projects`);
  const hooks = db.prepare<[], HookCount>('SELECT name, last_at, count FROM hook_activity ORDER BY last_at DESC');
  const permissions = db.prepare<[], { state: string; count: number }>(
    'SELECT state, COUNT(*) AS count FROM permission_requests GROUP BY state',
  );
  const version = db.prepare<[], { version: string }>('SELECT sqlite_version() AS version');
  return {
    counts: () => counts.get() ?? { events: 0, sessions: 0, prompts: 0, messages: 0, observations: 0, projects: 0 },
    hooks: () => hooks.all(),
    /** What agents asked leave for, by what became of it. */
    permissions: () => permissions.all(),
    sqliteVersion: () => version.get()?.version ?? '',
    schemaVersion: () => Number(db.pragma('user_version', { simple: true })),
  };
}

/** Gathers arrivals of hooks and writes them once a batch. */
export function createHookActivityWriter(db: WritableDb) {
  const add = db.prepare<[string, number, number]>(`
    INSERT INTO hook_activity (name, last_at, count) VALUES (?, ?, ?)
    ON CONFLICT (name) DO UPDATE SET last_at = MAX(last_at, excluded.last_at), count = count + excluded.count`);
  const gathered = new Map<string, { lastAt: number; count: number }>();
  return {
    seen(name: string, at: number): void {
      const known = gathered.get(name);
      if (known === undefined) gathered.set(name, { lastAt: at, count: 1 });
      else {
        known.lastAt = Math.max(known.lastAt, at);
        known.count++;
      }
    },
    flush(): void {
      for (const [name, { lastAt, count }] of gathered) add.run(name, lastAt, count);
      gathered.clear();
    },
    reset: () => gathered.clear(),
  };
}
