import type { AgedLearning } from '../../store/tables/aging-rows.ts';
import { item, type PlannedStep } from './plan-decay.ts';

/** Two learnings that a comparison found alike; `a` and `b` are their pks. */
export interface AlikePair {
  kind: 'duplicate' | 'contradiction';
  a: number;
  b: number;
  similarity: number;
}

export interface PlannedMerge extends PlannedStep {
  into: string;
  part: string;
}

export interface MergePlan {
  merges: PlannedMerge[];
  /** Pairs that are alike and wait for a person. */
  proposed: number;
}

/**
 * Which near-duplicates a run merges: the most alike first, none twice in a run, and none that a person pinned. Without
 * `mergeAbove` none; a pair that contradicts itself is no duplicate, however alike.
 */
export function planMerges(
  pairs: readonly AlikePair[],
  learnings: readonly AgedLearning[],
  mergeAbove: number | null,
): MergePlan {
  const known = new Map(learnings.map((learning) => [learning.pk, learning]));
  const touched = new Set<number>();
  const merges: PlannedMerge[] = [];
  let proposed = 0;
  for (const { kind, a, b, similarity } of pairs) {
    const [into, part] = inOrder(known.get(a), known.get(b));
    if (kind !== 'duplicate' || into === undefined || part === undefined) continue;
    if (mergeAbove === null || similarity < mergeAbove || part.pinned === 1) {
      proposed++;
      continue;
    }
    if (touched.has(a) || touched.has(b)) continue;
    touched.add(a).add(b);
    const reason = `${Math.round(similarity * 100)} % like "${into.statement.slice(0, 80)}"`;
    merges.push({
      pk: part.pk,
      into: into.id,
      part: part.id,
      item: item('merge_learnings', part.id, part.statement, null, reason),
    });
  }
  return { merges, proposed };
}

/** The one that stays first: approved, pinned, surer, older. */
function inOrder(one: AgedLearning | undefined, other: AgedLearning | undefined) {
  if (one === undefined || other === undefined) return [];
  const rank = (row: AgedLearning) => [
    row.state === 'approved' ? 0 : 1,
    -row.pinned,
    -row.confidence,
    row.createdAt,
    row.pk,
  ];
  const [mine, theirs] = [rank(one), rank(other)];
  const place = mine.findIndex((value, index) => value !== theirs[index]);
  return (mine[place] ?? 0) <= (theirs[place] ?? 0) ? [one, other] : [other, one];
}
