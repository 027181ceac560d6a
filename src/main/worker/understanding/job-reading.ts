import { mostAttempts } from '../../jobs/back-off.ts';
import { backUp } from '../../store/back-up.ts';
import type { ReadableDb } from '../../store/database.ts';
import { createExportReader, type ExportedKind } from '../../store/tables/export-reader.ts';
import { createJobSettingsReader } from '../../store/tables/job-settings.ts';
import { createTaskQueueReader, type TaskQuery } from '../../store/tables/task-queue-reader.ts';

/** What the reader threads tell about jobs. */
export function createJobReading(db: ReadableDb) {
  const queue = createTaskQueueReader(db, mostAttempts);
  const settings = createJobSettingsReader(db);
  const exports = createExportReader(db);
  const project = db.prepare<[string], { pk: number }>('SELECT pk FROM projects WHERE id = ?');
  const session = db.prepare<[string], { pk: number; project_pk: number }>(
    'SELECT pk, project_pk FROM sessions WHERE id = ?',
  );
  return {
    listJobs: ({ query, now }: { query: TaskQuery; now: number }) => queue.list(query, now),
    getJob: ({ id, now }: { id: string; now: number }) => queue.get(id, now),
    countJobs: (today: number) => queue.counts(today),
    jobSettings: () => ({ paused: settings.paused(), kinds: settings.kinds(), schedules: settings.schedules() }),
    /** In a thread of its own: it takes as long as the file is large. */
    backUp: ({ source, folder, at, kept }: { source: string; folder: string; at: number; kept: number }) =>
      backUp(source, folder, { at, kept }),
    exportPage: (request: { kind: ExportedKind; after: number; limit: number }) => exports.page(request),
    exportTotal: () => exports.total(),
    /** Of what a job is to be about; null where there is none of that id. */
    jobSubject({ projectId, sessionId }: { projectId: string | undefined; sessionId: string | undefined }) {
      return {
        project: projectId === undefined ? null : (project.get(projectId) ?? null),
        session: sessionId === undefined ? null : (session.get(sessionId) ?? null),
      };
    },
  };
}
