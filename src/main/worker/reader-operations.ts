import { createContextBuilder } from '../memory/context.ts';
import { parseHookBody, type HookEvents } from '../capture/hook-payload.ts';
import { readTranscriptPiece, type TranscriptPiece } from '../capture/transcript-file.ts';
import { createSearcher } from '../search/searcher.ts';
import type { ReadableDb } from '../store/database.ts';
import { createTranscriptReader } from '../store/tables/capture-state.ts';
import { createEventLogReader } from '../store/tables/event-log.ts';
import { createObservationReader } from '../store/tables/observation-reader.ts';
import { createProjectReader } from '../store/tables/projects.ts';
import { createSessionReader, type SessionQuery } from '../store/tables/session-reader.ts';
import { createStatisticsReader } from '../store/tables/statistics.ts';
import type { SearchFilters } from '../../shared/views.ts';

/** What the reader threads can do, by name; each thread has its own connection and its own copy of these. */
export function createReaderOperations(db: ReadableDb) {
  const projects = createProjectReader(db);
  const sessions = createSessionReader(db);
  const observations = createObservationReader(db);
  const statistics = createStatisticsReader(db);
  const eventLog = createEventLogReader(db);
  const transcripts = createTranscriptReader(db);
  const context = createContextBuilder(db);
  const searcher = createSearcher(db);

  return {
    listProjects: () => projects.list(),
    listSessions: (query: SessionQuery) => sessions.list(query),
    getSession: (id: string) => sessions.get(id),
    timeline: (query: { session_id: string; cursor?: string | undefined; limit: number }) =>
      observations.timeline(query),
    getObservation: (id: string) => observations.detail(id),
    search: (request: { text: string; filters: SearchFilters; limit: number; offset: number }) =>
      searcher.search(request),
    previewContext(projectId: string) {
      const project = projects.find(projectId);
      return project === null ? null : context.build(project.pk, null);
    },
    sessionContext: (place: { projectPk: number; sessionPk: number }) =>
      context.build(place.projectPk, place.sessionPk),
    eventsAfter: (place: { after: number; limit: number }) => eventLog.after(place.after, place.limit),
    eventEnds: () => eventLog.ends(),
    statistics: () => ({
      counts: statistics.counts(),
      hooks: statistics.hooks(),
      sqliteVersion: statistics.sqliteVersion(),
      schemaVersion: statistics.schemaVersion(),
    }),
    /** Parses and cuts a body that is too large for the writer's thread. */
    parseHook(task: { chunks: Uint8Array[]; receivedAt: number }): HookEvents {
      const body = Buffer.concat(task.chunks);
      return parseHookBody(body.toString('utf8'), body.byteLength, task.receivedAt);
    },
    readTranscript: (task: { path: string; now: number }): Promise<TranscriptPiece | null> =>
      readTranscriptPiece(task.path, transcripts.position(task.path), task.now),
  };
}

export type ReaderOperations = ReturnType<typeof createReaderOperations>;
