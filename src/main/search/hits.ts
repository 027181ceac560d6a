import type { SearchHit } from '../../shared/search-views.ts';
import type { ReadableDb } from '../store/database.ts';
import { createObservationReader } from '../store/tables/observation-reader.ts';
import type { Group } from './arrangement.ts';
import { noBoosts } from './boosts.ts';
import { highlight } from './highlight.ts';
import type { Ranking } from './rankings.ts';

const mostNamed = 20;
const nothing = { raw: 0, normalized: 0, weight: 0 };
const noVoices: SearchHit['voices'] = { observation: nothing, window: nothing, session: nothing, vector: nothing };

/** Shows groups of a ranking; a row that was deleted since is left out. */
export function createHitReader(db: ReadableDb): (ranking: Ranking, groups: readonly Group[]) => SearchHit[] {
  const observations = createObservationReader(db);
  const ids = db
    .prepare<[string], [number, string]>('SELECT pk, id FROM observations WHERE pk IN (SELECT value FROM json_each(?))')
    .raw(true);

  function idsOf(pks: readonly number[]): Map<number, string> {
    return new Map(pks.length === 0 ? [] : ids.all(JSON.stringify(pks)));
  }

  return (ranking, groups) => {
    const { pks, scores, fusion, booster, near, surfaces } = ranking;
    const pkAt = (place: number) => pks[place] ?? 0;
    const known = observations.byPks(groups.map(({ place }) => pkAt(place)));
    const named = groups.flatMap(({ collapsed }) => collapsed.slice(0, mostNamed).map(pkAt));
    const idOf = idsOf(named);
    return groups.flatMap(({ place, collapsed }): SearchHit[] => {
      const found = known.get(pkAt(place));
      if (found === undefined) return [];
      const marks = highlight(found.view, surfaces);
      return [
        {
          observation: found.view,
          session_title: found.sessionTitle,
          score: scores[place] ?? 0,
          voices: fusion?.voices(place) ?? noVoices,
          boosts: booster?.explain(pkAt(place), near.get(pkAt(place))) ?? noBoosts,
          graph_entity: near.get(pkAt(place))?.entity ?? null,
          matched_terms: marks.matchedTerms,
          highlights: { title: marks.title, snippet: marks.snippet, snippet_ranges: marks.snippetRanges },
          collapsed: {
            count: collapsed.length,
            ids: collapsed.slice(0, mostNamed).flatMap((duplicate) => idOf.get(pkAt(duplicate)) ?? []),
          },
        },
      ];
    });
  };
}
