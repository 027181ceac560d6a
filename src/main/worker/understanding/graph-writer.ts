import type { SessionChange } from '../../memory/graph/session-change.ts';
import {
  createGraphWriter,
  type EvidenceSource,
  type GraphChange,
  type LearningGraphChange,
} from '../../store/tables/graph-writer.ts';
import type { WriterOperationParts } from '../writer-operations.ts';

/** What the writer does about the graph. All of it can be done twice. */
export function createGraphOperations({ db }: WriterOperationParts) {
  const graph = createGraphWriter(db);
  return {
    /** One piece of it. False when the session's graph was written since the difference was made: make it again. */
    graphPutSession: (piece: { sessionPk: number; change: SessionChange; isLast: boolean }): boolean =>
      graph.putSession(piece.sessionPk, piece.change, piece.isLast),
    graphPutLearnings: (change: LearningGraphChange): void => graph.putLearnings(change),
    graphPutEvidence: ({ change, source }: { change: GraphChange; source: Exclude<EvidenceSource, 'rule'> }): void =>
      graph.put(change, source),
    /** All sessions are to be read again. */
    graphMarkStale: (): void => graph.markAllStale(),
  };
}
