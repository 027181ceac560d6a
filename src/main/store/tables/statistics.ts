import type { StatusView } from '../../../shared/views.ts';
import type { ReadableDb } from '../database.ts';

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
  const hooks = db.prepare<[], HookCount>(`
    SELECT name, MAX(received_at) AS last_at, COUNT(*) AS count FROM events
    WHERE source = 'hook' AND name <> 'AssistantMessage' GROUP BY name`);
  const version = db.prepare<[], { version: string }>('SELECT sqlite_version() AS version');
  return {
    counts: () => counts.get() ?? { events: 0, sessions: 0, prompts: 0, messages: 0, observations: 0, projects: 0 },
    hooks: () => hooks.all(),
    sqliteVersion: () => version.get()?.version ?? '',
    schemaVersion: () => Number(db.pragma('user_version', { simple: true })),
  };
}
