import type { LearningDraft } from './draft.ts';
import { compare, type ReadStatement } from './relation.ts';

/** A known learning, for comparison. */
export interface KnownLearning {
  pk: number;
  statement: string;
  scope: string;
  projectPk: number | null;
  path: string | null;
  state: string;
  updatedAt: number;
}

export interface Likeness {
  pk: number;
  similarity: number;
}

/** What a draft is to what is known, most similar first. A contradiction is never also a duplicate. */
export interface DraftLikeness {
  duplicates: Likeness[];
  contradictions: Likeness[];
}

type Place = Pick<KnownLearning, 'scope' | 'projectPk' | 'path'>;

/** Whether what is known holds wherever the other would: then the other adds nothing. */
export function covers(known: Place, other: Place): boolean {
  if (known.scope === 'global') return true;
  if (known.projectPk !== other.projectPk || other.scope === 'global') return false;
  return known.scope === 'project' || (other.scope === 'path' && known.path === other.path);
}

/** Only in the same place do two contradict each other: what holds more narrowly is an exception. */
export function isSamePlace(a: Place, b: Place): boolean {
  return a.scope === b.scope && a.path === b.path && (a.scope === 'global' || a.projectPk === b.projectPk);
}

/** Compares one with those that are known; `read` may keep what it has read. */
export function likenessOf(
  draft: Pick<LearningDraft, 'statement' | 'scope' | 'path'> & { projectPk: number | null },
  known: readonly KnownLearning[],
  read: (learning: { pk: number | null; statement: string; updatedAt: number }) => ReadStatement,
): DraftLikeness {
  const own = read({ pk: null, statement: draft.statement, updatedAt: 0 });
  const likeness: DraftLikeness = { duplicates: [], contradictions: [] };
  for (const learning of known) {
    const isCovered = covers(learning, draft);
    const isSame = isSamePlace(learning, draft);
    if (!isCovered && !isSame) continue;
    const { kind, similarity } = compare(own, read(learning));
    const like = { pk: learning.pk, similarity };
    if (kind === 'duplicate' && isCovered) likeness.duplicates.push(like);
    // What nobody believes any more contradicts nothing.
    if (kind === 'contradiction' && isSame && isBelieved(learning)) likeness.contradictions.push(like);
  }
  const bySimilarity = (a: Likeness, b: Likeness) => b.similarity - a.similarity || a.pk - b.pk;
  likeness.duplicates.sort(bySimilarity);
  likeness.contradictions.sort(bySimilarity);
  return likeness;
}

function isBelieved({ state }: KnownLearning): boolean {
  return state === 'proposed' || state === 'approved';
}
