import { parseHookBody, type HookEvents } from '../capture/hook-payload.ts';
import { readTranscriptPiece, type TranscriptPiece } from '../capture/transcript-file.ts';
import { contentHash, observationText } from '../embed/observation-text.ts';
import { createTextEmbedder } from '../embed/query-vector.ts';
import type { SharedModel } from '../embed/static/shared-model.ts';
import { createNearRows } from '../memory/graph/near-rows.ts';
import { checkIndexes } from '../search/index-check.ts';
import { createKnowledgeIndex } from '../search/knowledge/knowledge-index.ts';
import { createSearcher, type SearcherRequest, type SimilarityRequest } from '../search/searcher.ts';
import { createSuggester, type SuggestRequest } from '../search/suggest/suggester.ts';
import type { ReadableDb } from '../store/database.ts';
import { createTranscriptReader } from '../store/tables/capture-state.ts';
import { createEventLogReader } from '../store/tables/event-log.ts';
import { createObservationReader } from '../store/tables/observation-reader.ts';
import { createProjectReader } from '../store/tables/projects.ts';
import { createSessionReader, type SessionQuery } from '../store/tables/session-reader.ts';
import { createStatisticsReader } from '../store/tables/statistics.ts';
import { createAroundReading } from './around-reading.ts';
import { createAdminReading } from './admin/admin-reading.ts';
import { createAgentReading } from './agents/agent-reading.ts';
import { createAccessReading } from './access/access-reading.ts';
import { createContextOperations } from './context-operations.ts';
import { createHealthReading } from './health/health-reading.ts';
import { embedStatement, withKnown } from './known-hits.ts';
import { createEmbeddingOperations } from './embedding-operations.ts';
import { createPermissionReading } from './permissions/permission-reading.ts';
import { createRecordReading } from './records/record-reading.ts';
import { createStatsReading } from './stats/stats-reading.ts';
import { createToolReading } from './tools/tool-reading.ts';
import { createAskReading } from './understanding/ask-reading.ts';
import { createCostReading } from './understanding/cost-reading.ts';
import { createGraphReading } from './understanding/graph-reading.ts';
import { createJobReading } from './understanding/job-reading.ts';
import { createLearningReading } from './understanding/learning-reading.ts';
import { createMemoryReading } from './understanding/memory-reading.ts';
import { createMemorySearchReading } from './understanding/memory-search-reading.ts';
import { createSummaryReading } from './understanding/summary-reading.ts';
import { createUpkeepReading } from './understanding/upkeep-reading.ts';

/** What the reader threads can do, by name; each thread has its own connection and its own copy of these. */
export function createReaderOperations(db: ReadableDb, model: SharedModel) {
  const projects = createProjectReader(db);
  const sessions = createSessionReader(db);
  const observations = createObservationReader(db);
  const statistics = createStatisticsReader(db);
  const eventLog = createEventLogReader(db);
  const transcripts = createTranscriptReader(db);
  const embedder = createTextEmbedder(model);
  const searcher = createSearcher(db, embedder.query, createNearRows(db));

  const suggester = createSuggester(db);
  const learnings = createLearningReading(db, embedder);
  const knowledge = createKnowledgeIndex(db, (text) => embedStatement(embedder, text));

  return {
    suggest: (request: SuggestRequest) => suggester.suggest(request),
    listProjects: () => projects.list(),
    listSessions: (query: SessionQuery) => sessions.list(query),
    getSession: (id: string) => sessions.get(id),
    timeline: (query: { session_id: string; cursor?: string | undefined; limit: number }) =>
      observations.timeline(query),
    getObservation: (id: string) => observations.detail(id),
    search: (request: SearcherRequest) => withKnown(request, searcher.search(request), knowledge),
    similar: (request: SimilarityRequest) => searcher.similar(request),
    ...createAroundReading(db),
    ...createContextOperations(db, searcher, knowledge),
    ...createEmbeddingOperations(db, embedder),
    ...createAdminReading(db),
    ...createAgentReading(db),
    ...createAccessReading(db),
    ...createAskReading(db, embedder),
    ...createCostReading(db),
    ...createGraphReading(db),
    ...createJobReading(db),
    ...learnings,
    ...createMemoryReading(db),
    ...createMemorySearchReading(db, knowledge),
    ...createPermissionReading(db),
    ...createRecordReading(db),
    ...createStatsReading(db),
    ...createSummaryReading(db),
    ...createToolReading(db),
    ...createUpkeepReading(db, (limit) => learnings.learningPairs({ limit })),
    ...createHealthReading(db),
    checkIndexes: () => checkIndexes(db, (content) => contentHash(observationText(content))),
    eventPage: (place: { after: number; limit: number }) => eventLog.page(place),
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

export type ReaderQueries = ReturnType<typeof createReaderOperations>;

export interface ReaderOperations extends ReaderQueries {
  /** Folds the log of the file into it. */
  checkpoint(): void;
}
