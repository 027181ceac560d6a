import type { GraphService } from '../../api/understanding-services.ts';
import { withPage } from '../with-page.ts';
import type { UnderstandingParts } from './parts.ts';

/** The contract's questions about the graph, answered by a reader thread. */
export function createGraphService({ reader }: Pick<UnderstandingParts, 'reader'>): GraphService {
  return {
    entities: (request) => withPage(reader.call('listEntities', request)),
    neighbours: (request) => reader.call('graphNeighbours', request),
    path: (request) => reader.call('graphPath', request),
    overview: (request) => reader.call('graphOverview', request),
    rank: (request) => reader.call('graphRank', request),
  };
}
