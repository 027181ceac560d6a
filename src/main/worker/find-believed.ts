import type { FindBelieved } from '../memory/recall/recall.ts';
import type { KnowledgeIndex } from '../search/knowledge/knowledge-index.ts';

/** What recall asks of learnings and memories: those that a person approved or asked for. */
export function createFindBelieved(knowledge: KnowledgeIndex): FindBelieved {
  return ({ text, projectId, limit }) =>
    knowledge
      .find({ text, projectId, limit, now: Date.now() })
      .filter(({ state }) => state !== 'proposed')
      .map(({ kind, id, category, cosine, containment, text: told }) => ({
        kind,
        id,
        text: told,
        category,
        evidence: Math.max(0, cosine) + containment,
      }))
      .toSorted((one, other) => other.evidence - one.evidence);
}
