import type { LearningProposal } from '../../api/understanding-services.ts';
import { sanitizeText } from '../../capture/sanitize.ts';
import { shortHash } from '../../memory/learnings/command-key.ts';
import { languageOf, longestDetail, longestStatement, type LearningDraft } from '../../memory/learnings/draft.ts';
import type { ReadableDb } from '../../store/database.ts';
import { createChangeReader } from '../../store/tables/learning-changes.ts';
import { createLearningList } from '../../store/tables/learning-list.ts';
import { createLearningMaterial } from '../../store/tables/learning-material.ts';
import { createOriginReader } from '../../store/tables/learning-origins.ts';
import { createProjectReader } from '../../store/tables/projects.ts';
import type { LearningView } from '../../../shared/learning-views.ts';
import { keptTags } from './kept-tags.ts';
import type { ComparedDraft, LearningApplication } from './learning-apply.ts';

export interface ComparedProposal {
  /** The same words about the same place give the same text. */
  origin: string;
  /** Nothing to apply when it was proposed before; null when there is no such place, or nothing but private text. */
  application: LearningApplication | null;
}

/** What an agent proposes of its own accord, made into a draft like those that the learn job finds. */
export function createProposalReading(
  db: ReadableDb,
  compared: (drafts: readonly LearningDraft[], projectPk: number | null) => ComparedDraft[],
) {
  const projects = createProjectReader(db);
  const material = createLearningMaterial(db);
  const changes = createChangeReader(db);
  const origins = createOriginReader(db);
  const list = createLearningList(db);

  return {
    learningProposal(request: LearningProposal & { at: number }): ComparedProposal {
      const { category, scope, path, session_id: sessionId, at } = request;
      const statement = sanitizeText(request.statement).trim().slice(0, longestStatement).toWellFormed();
      const session = sessionId === undefined ? null : material.sessionOfId(sessionId);
      const projectId = scope === 'global' ? null : (request.project_id ?? session?.projectId ?? null);
      const projectPk = projectId === null ? null : (projects.find(projectId)?.pk ?? null);
      const tags = keptTags(request.tags ?? []);
      const words = statement.toLowerCase().replaceAll(/\s+/g, ' ');
      const origin = `agent:${projectId ?? ''}:${scope === 'path' ? path : ''}:${shortHash(words)}`;
      const hasPlace = (scope === 'global' || projectPk !== null) && (scope !== 'path' || path !== undefined);
      if (statement === '' || !hasPlace || (sessionId !== undefined && session === null)) {
        return { origin, application: null };
      }
      const draft: LearningDraft = {
        category,
        statement,
        detail:
          sanitizeText(request.detail ?? '')
            .trim()
            .slice(0, longestDetail) || null,
        ...(tags.length > 0 && { tags }),
        language: languageOf(statement),
        scope,
        path: scope === 'path' ? (path ?? null) : null,
        source: 'agent_memory',
        origin,
        evidence: [{ quote: statement, observationPk: null, sessionPk: session?.pk ?? null, occurredAt: at }],
      };
      return { origin, application: { drafts: compared([draft], projectPk), basis: changes.last() } };
    },

    /** What came of a find, as it stands now; null when a person deleted it. */
    learningOfOrigin(origin: string): LearningView | null {
      const pk = origins.find(origin)?.learning_pk ?? null;
      return pk === null ? null : list.byPk(pk);
    },
  };
}
