import type { SearchAnswer } from '../../shared/search-views.ts';
import { CursorError, cursorsOf } from '../store/paging.ts';
import type { Arrangement } from './arrangement.ts';
import type { Booster } from './boosts.ts';
import type { NearRow } from './graph-boost.ts';
import type { Fusion } from './fusion.ts';

/** All that matched, in one order, with what is needed to show any part of it. */
export interface Ranking {
  pks: Int32Array;
  scores: Float64Array;
  arrangement: Arrangement;
  /** Null for a list that has no scores. */
  fusion: Fusion | null;
  booster: Booster | null;
  /** Rows that the graph lifted. */
  near: ReadonlyMap<number, NearRow>;
  /** What the person wrote, by the index's terms that count as it. */
  surfaces: ReadonlyMap<string, string>;
  /** What is the same on every page. */
  answer: Omit<SearchAnswer, 'hits' | 'known' | 'next_cursor' | 'took_ms'>;
}

/** Where a cursor points: into a ranking that is remembered, or how far rows went when it was made. */
export interface Place {
  ranking: Ranking | null;
  offset: number;
  lastPk: number;
}

export interface Rankings {
  /** Null without a cursor. Throws `CursorError` for one of another question, or that is none of ours. */
  find(cursor: string | undefined, question: unknown): Place | null;
  /** Remembers the ranking; answers its cursors, by the offset that they point to. */
  keep(ranking: Ranking, question: unknown, lastPk: number): (offset: number) => string;
}

const mostRankings = 12;
/** Together, of some 40 bytes each; a longer one is kept alone. */
const mostCandidates = 200_000;

/** The rankings of the last searches, so that a next page goes on where the one before ended, whatever was written since. */
export function createRankings(): Rankings {
  const kept = new Map<number, { ranking: Ranking; cursorAt: (offset: number) => string }>();
  // Another thread, or this one after a restart, numbers its rankings differently.
  let nextNumber = Math.floor(Math.random() * 2 ** 40);

  return {
    find(cursor, question) {
      const values = cursorsOf('search', { question }).read(cursor, 3);
      if (values === null) return null;
      const [number = 0, offset = 0, lastPk = 0] = values;
      const isPlace = Number.isSafeInteger(offset) && offset >= 0 && Number.isSafeInteger(lastPk) && lastPk >= 0;
      if (!isPlace) throw new CursorError();
      return { ranking: kept.get(number)?.ranking ?? null, offset, lastPk };
    },
    keep(ranking, question, lastPk) {
      for (const known of kept.values()) if (known.ranking === ranking) return known.cursorAt;
      const number = nextNumber++;
      const cursors = cursorsOf('search', { question });
      const cursorAt = (offset: number) => cursors.at([number, offset, lastPk]);
      let room = mostCandidates - ranking.pks.length;
      for (const [age, known] of [...kept].toReversed().entries()) {
        room -= known[1].ranking.pks.length;
        if (room < 0 || age >= mostRankings - 1) kept.delete(known[0]);
      }
      kept.set(number, { ranking, cursorAt });
      return cursorAt;
    },
  };
}
