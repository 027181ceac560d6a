import type { GraphService } from '../../api/understanding-services.ts';
import { withPage } from '../with-page.ts';
import type { UnderstandingParts } from './parts.ts';

/**
 * The contract's questions about the graph. Those that need it in memory go to the intake thread alone, so that it is loaded
 * once, at the first of them, and no search waits for that.
 */
export function createGraphService({ reader, intake }: Pick<UnderstandingParts, 'reader' | 'intake'>): GraphService {
  return {
    entities: (request) => withPage(reader.call('listEntities', request)),
    neighbours: (request) => intake.call('graphNeighbours', request),
    path: (request) => intake.call('graphPath', request),
    overview: (request) => intake.call('graphOverview', request),
    rank: (request) => intake.call('graphRank', request),
  };
}
