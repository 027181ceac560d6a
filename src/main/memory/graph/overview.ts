import type { GraphMemory } from './graph-memory.ts';
import type { Network } from './network.ts';
import { edgesAmong, type Subgraph } from './neighbourhood.ts';

/**
 * The most mentioned things and what ties them: counted are the sessions that mention a thing, less for what all of them do,
 * so that tools do not fill the picture. Of a project, what its sessions mention.
 */
export function overview(memory: GraphMemory, network: Network, projectPk: number | null, limit: number): Subgraph {
  const counts = projectPk === null ? network.sessions : countIn(memory, network, projectPk);
  const value = (place: number) => (counts[place] ?? 0) * (network.damping[place] ?? 0);
  const places: number[] = [];
  for (let place = 0; place < network.size; place++) if (value(place) > 0) places.push(place);
  places.sort((one, other) => value(other) - value(one) || one - other);
  const shown = places.slice(0, limit);
  const edges = edgesAmong(network, shown);
  return { places: shown, ...edges, truncated: edges.truncated || places.length > limit };
}

function countIn(memory: GraphMemory, network: Network, projectPk: number): Int32Array {
  const counts = new Int32Array(network.size);
  for (const [session, project] of memory.sessionProjects()) {
    if (project !== projectPk) continue;
    for (const pk of memory.mentionedIn(session)) {
      const place = network.placeOf(pk);
      if (place >= 0) counts[place] = (counts[place] ?? 0) + 1;
    }
  }
  return counts;
}
