import { bestFirst } from './best-of.ts';
import type { ObservationTable } from './observation-table.ts';
import type { Signatures } from './signatures.ts';
import { unlikeAll } from './signatures.ts';

/** A candidate that is shown, and those that say nearly the same and stand under it. */
export interface Group {
  place: number;
  collapsed: number[];
}

/** The order in which candidates are shown, made as far as somebody looks. */
export interface Arrangement {
  /** The groups from `start` up to `end`; fewer when there are no more. */
  slice(start: number, end: number): Group[];
}

/** So many of the best are compared with each other at once; what stands further apart may say the same again. */
const windowSize = 100;
/** Of every so many hits, one session has at most `mostOfSession` as long as others are left that are not much worse. */
const pageSize = 20;
const mostOfSession = 8;
/** A hit gives way to others down to this part of its own score. */
const muchWorse = 0.7;

/** Orders by score, then the newest. With `diverse`, near-duplicates collapse and no session floods a page. */
export function arrange(
  pks: Int32Array,
  scores: Float64Array,
  table: ObservationTable,
  signatures: Signatures,
  diverse: boolean,
): Arrangement {
  const groups: Group[] = [];
  let arranged = 0;
  const next = bestFirst(scores, (one, other) => {
    const { occurredAt } = table.rows;
    const pk = pks[one] ?? 0;
    const otherPk = pks[other] ?? 0;
    return (occurredAt[otherPk] ?? 0) - (occurredAt[pk] ?? 0) || otherPk - pk;
  });

  function nextWindow(): number[] {
    const window = next(windowSize);
    arranged += window.length;
    return window;
  }

  function collapse(window: readonly number[]): Group[] {
    if (!diverse) return window.map((place) => ({ place, collapsed: [] }));
    signatures.read(window.map((place) => pks[place] ?? 0));
    const { signature } = table.rows;
    const known = new Map<number, Group>();
    const found: Group[] = [];
    for (const place of window) {
      const said = signature[pks[place] ?? 0] ?? unlikeAll;
      const first = said === unlikeAll ? undefined : known.get(said);
      if (first !== undefined) {
        first.collapsed.push(place);
        continue;
      }
      const group = { place, collapsed: [] };
      known.set(said, group);
      found.push(group);
    }
    return found;
  }

  function sessionAt(place: number): number {
    return table.rows.session[pks[place] ?? 0] ?? 0;
  }

  function spread(found: readonly Group[]): Group[] {
    if (!diverse) return [...found];
    const left = [...found];
    const taken: Group[] = [];
    let counts = new Map<number, number>();
    while (left.length > 0) {
      if (taken.length % pageSize === 0) counts = new Map();
      for (const group of left.splice(nextOf(left, counts), 1)) {
        const number = sessionAt(group.place);
        counts.set(number, (counts.get(number) ?? 0) + 1);
        taken.push(group);
      }
    }
    return taken;
  }

  function nextOf(left: readonly Group[], counts: ReadonlyMap<number, number>): number {
    const best = scores[left[0]?.place ?? 0] ?? 0;
    const fitting = left.findIndex(({ place }) => (counts.get(sessionAt(place)) ?? 0) < mostOfSession);
    const score = scores[left[fitting]?.place ?? 0] ?? 0;
    return fitting > 0 && score >= best * muchWorse ? fitting : 0;
  }

  return {
    slice(start, end) {
      while (groups.length < end && arranged < pks.length) groups.push(...spread(collapse(nextWindow())));
      return groups.slice(start, end);
    },
  };
}
