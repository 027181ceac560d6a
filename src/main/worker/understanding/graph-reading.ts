import type { RelationType } from '../../../shared/graph-views.ts';
import { createGraphMemory } from '../../memory/graph/graph-memory.ts';
import { createGraphQueries } from '../../memory/graph/graph-queries.ts';
import { createLearningChanges } from '../../memory/graph/learning-change.ts';
import { createModelRelations, type ModelEntry, type ModelRelation } from '../../memory/graph/model-relations.ts';
import { createSessionChanges } from '../../memory/graph/session-change.ts';
import type { ReadableDb } from '../../store/database.ts';
import type { EntityQuery } from '../../store/tables/entities.ts';

/** What the reader threads know of the graph. */
export function createGraphReading(db: ReadableDb, memory = createGraphMemory(db)) {
  const queries = createGraphQueries(db, memory);
  const sessions = createSessionChanges(db);
  const learnings = createLearningChanges(db);
  const models = createModelRelations(db);
  return {
    listEntities: (query: EntityQuery) => queries.list(query),
    graphNeighbours: (request: { id: string; depth: number; types?: RelationType[] | undefined; limit: number }) =>
      queries.neighbours(request),
    graphPath: (request: { from: string; to: string }) => queries.path(request),
    graphOverview: (request: { project_id?: string | undefined; limit: number }) => queries.overview(request),
    graphRank: (request: { seeds: string[]; limit: number }) => queries.rank(request),
    /** What has to be written for one session. */
    graphSessionChange: (sessionPk: number) => sessions.of(sessionPk),
    /** Sessions that have to be read again. */
    graphStaleSessions: (limit: number) => sessions.stale(limit),
    graphLearningChange: () => learnings.make(),
    /** What a model is shown of a session; null when there is nothing to relate. */
    graphModelBatch: (sessionPk: number) => models.batch(sessionPk),
    /** What of a model's answer holds, as a difference to what one said before. */
    graphModelChange: (request: { sessionPk: number; shown: ModelEntry[]; said: ModelRelation[] }) =>
      models.change(request),
  };
}
