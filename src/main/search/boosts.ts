import type { SearchBoosts } from '../../shared/search-views.ts';
import { graphBoostOf, type NearRow } from './graph-boost.ts';
import type { ObservationTable } from './observation-table.ts';
import type { RowMarks } from './row-marks.ts';

const dayMs = 86_400_000;
/** Halves in thirty days. */
const decayPerMs = Math.LN2 / (30 * dayMs);
/** Small against a match: they decide between rows that fit the query alike (bench/search measures with them). */
const mostRecency = 0.02;
const mostImportance = 0.02;
const ofPinned = 0.1;
const ofNearProject = 0.05;
/** More than all voices together, so that it stands below whatever else matched, and is still found. */
const ofFeedback = -1.5;

export interface Booster {
  /** The sum of `explain`, but for the graph's part, which needs the best hits. */
  total(pk: number): number;
  explain(pk: number, near?: NearRow): SearchBoosts;
}

export const noBoosts: SearchBoosts = { recency: 0, importance: 0, pinned: 0, project: 0, feedback: 0, graph: 0 };

/** Addends to a row's score. Recency counts back from the newest row, so that the same memory gives the same answer. */
export function createBooster(table: ObservationTable, marks: RowMarks, nearProjectPk: number | null): Booster {
  const { session, project, occurredAt, importance } = table.rows;
  const newest = table.newestAt();

  function recencyOf(pk: number): number {
    return mostRecency * Math.exp(((occurredAt[pk] ?? 0) - newest) * decayPerMs);
  }

  function importanceOf(pk: number): number {
    return (mostImportance * (importance[pk] ?? 0)) / 255;
  }

  function projectOf(pk: number): number {
    return project[pk] === nearProjectPk ? ofNearProject : 0;
  }

  const isMarked = marks.any();
  const markOf = (pk: number) => (isMarked ? marks.of(pk, session[pk] ?? 0) : undefined);

  return {
    total(pk) {
      const mark = markOf(pk);
      const ofMark = mark === undefined ? 0 : mark === 'pinned' ? ofPinned : ofFeedback;
      return recencyOf(pk) + importanceOf(pk) + projectOf(pk) + ofMark;
    },
    explain(pk, near) {
      const mark = markOf(pk);
      return {
        recency: recencyOf(pk),
        importance: importanceOf(pk),
        pinned: mark === 'pinned' ? ofPinned : 0,
        project: projectOf(pk),
        feedback: mark === 'hidden' || mark === 'wrong' ? ofFeedback : 0,
        graph: graphBoostOf(near),
      };
    },
  };
}
