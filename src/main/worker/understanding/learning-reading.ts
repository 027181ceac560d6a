import { openTextFiles } from './agent-memory-files.ts';
import { sanitizeText } from '../../capture/sanitize.ts';
import { longestEmbeddedText, type TextEmbedder } from '../../embed/query-vector.ts';
import { staticDimension } from '../../embed/static/static-model.ts';
import { agentMemoryDrafts } from '../../memory/learnings/agent-memory.ts';
import { covers, likenessOf } from '../../memory/learnings/compare-drafts.ts';
import { languageOf, type LearningDraft } from '../../memory/learnings/draft.ts';
import { findsOf } from '../../memory/learnings/finds.ts';
import { modelEntries } from '../../memory/learnings/from-model.ts';
import { likelyPairs } from '../../memory/learnings/likely-pairs.ts';
import { compare, createComparer, type ReadStatement } from '../../memory/learnings/relation.ts';
import { findRepetitions } from '../../memory/learnings/repetition.ts';
import { stem } from '../../search/stem.ts';
import type { ReadableDb } from '../../store/database.ts';
import { createChangeReader } from '../../store/tables/learning-changes.ts';
import { createKnownLearnings } from '../../store/tables/learning-known.ts';
import { createLearningMaterial, type LearningSession } from '../../store/tables/learning-material.ts';
import { createOriginReader } from '../../store/tables/learning-origins.ts';
import { createLearningReader } from '../../store/tables/learnings.ts';
import { createProjectReader } from '../../store/tables/projects.ts';
import { learningScopes, type LearningScope } from '../../../shared/learning-views.ts';
import type { ComparedDraft } from './learning-apply.ts';
import { createLearningViews } from './learning-views.ts';
import { createProposalReading } from './proposal-reading.ts';

/** At the end of a turn the last of it is looked at, at the end of a session all of it. */
const bounds = { turn: { rows: 500, prompts: 40 }, session: { rows: 4_000, prompts: 1_000 } };
const passedCommands = 6_000;
const mostCompared = 5_000;
const mostKept = 6_000;
const mostKnownToModel = 60;
/** Stands in a draft that holds everywhere, where nobody looks at it. */
const noProject = 0;

export interface LearningFinds {
  drafts: ComparedDraft[];
  basis: number;
}

/** What of two learnings a run of consolidation is to know. */
export interface LearningPair {
  kind: 'duplicate' | 'contradiction';
  a: number;
  b: number;
  similarity: number;
}

/** Reads statements for comparison, and keeps what it has read of those that are known. */
export function createStatementReader(embedder: TextEmbedder) {
  const kept = new Map<number, { statement: string; read: ReadStatement }>();
  const stemOf = (word: string) => stem(word, false);
  const byWords = createComparer({ stem: stemOf, embed: null });
  const byMeaning = createComparer({
    stem: stemOf,
    embed: (text) => embedder.model(staticDimension).embed(text.slice(0, longestEmbeddedText)),
  });

  function readAnew(statement: string): ReadStatement {
    try {
      return byMeaning.read(statement);
    } catch {
      // Without the built-in model words have to do; the status page tells of it.
      return byWords.read(statement);
    }
  }

  return ({ pk, statement }: { pk: number | null; statement: string }): ReadStatement => {
    if (pk === null) return readAnew(statement);
    const known = kept.get(pk);
    if (known?.statement === statement) return known.read;
    if (kept.size >= mostKept) kept.clear();
    const read = readAnew(statement);
    kept.set(pk, { statement, read });
    return read;
  };
}

/** What the reader threads do about learnings. */
export function createLearningReading(db: ReadableDb, embedder: TextEmbedder) {
  const material = createLearningMaterial(db);
  const known = createKnownLearnings(db);
  const changes = createChangeReader(db);
  const origins = createOriginReader(db);
  const rows = createLearningReader(db);
  const projects = createProjectReader(db);
  const read = createStatementReader(embedder);
  const views = createLearningViews(db, read);

  function compared(drafts: readonly LearningDraft[], projectPk: number | null): ComparedDraft[] {
    // What was found before is done with, unless it comes back in ever more sessions or brings tags.
    const isNew = ({ origin, source, tags }: LearningDraft) =>
      source === 'repetition' || tags !== undefined || origins.find(origin) === null;
    const fresh = drafts.filter(isNew);
    if (fresh.length === 0) return [];
    const candidates = known.inPlace(projectPk, mostCompared);
    return fresh.map((draft) => {
      const place = { ...draft, projectPk: draft.scope === 'global' ? null : projectPk };
      return { draft, projectPk: projectPk ?? noProject, ...likenessOf(place, candidates, read) };
    });
  }

  async function agentMemory(session: LearningSession, projectsFolder: string): Promise<LearningDraft[]> {
    const files = await openTextFiles({ ...session, projectsFolder });
    const redacted = files.map((file) => ({ ...file, text: sanitizeText(file.text) }));
    return agentMemoryDrafts(redacted, session.projectId);
  }

  return {
    ...views,
    ...createProposalReading(db, compared),

    /** What one session teaches by rules, compared with what is known; null when there is no such session. */
    async learningFinds(request: {
      sessionPk: number;
      final: boolean;
      projectsFolder: string;
    }): Promise<LearningFinds | null> {
      const session = material.session(request.sessionPk);
      if (session === null) return null;
      const bound = request.final ? bounds.session : bounds.turn;
      const prompts = material.prompts(session.pk, bound.prompts);
      const drafts = findsOf(session, { prompts, rows: material.rows(session.pk, bound.rows) });
      if (request.final) {
        const language = languageOf(prompts.map(({ text }) => text.slice(0, 500)).join('\n'));
        drafts.push(
          ...findRepetitions(material.passed(session.projectPk, passedCommands), {
            projectId: session.projectId,
            language,
          }),
        );
        drafts.push(...(await agentMemory(session, request.projectsFolder)));
      }
      const basis = changes.last();
      return { drafts: compared(drafts, session.projectPk), basis };
    },

    /** What a model is shown of a session, and what it need not say again. */
    learningBatch(sessionPk: number) {
      const session = material.session(sessionPk);
      if (session === null) return null;
      const prompts = material.prompts(session.pk, bounds.session.prompts);
      const entries = modelEntries(prompts, material.rows(session.pk, bounds.session.rows), session.root);
      const statements = known.told(session.projectPk, mostKnownToModel);
      const language = languageOf(prompts.map(({ text }) => text.slice(0, 500)).join('\n'));
      return { session, entries, known: statements, language };
    },

    /** The same for drafts of a model. */
    learningCompare({ drafts, projectPk }: { drafts: LearningDraft[]; projectPk: number }): LearningFinds {
      const basis = changes.last();
      return { drafts: compared(drafts, projectPk), basis };
    },

    /** Whatever says the opposite of a person's own words, in the place where they are to hold. */
    learningOpposites(said: {
      id: string | null;
      statement: string;
      scope: LearningScope | undefined;
      projectId: string | null | undefined;
      path: string | null | undefined;
    }): { pk: number; similarity: number }[] {
      const row = said.id === null ? null : rows.byId(said.id);
      const scope = said.scope ?? learningScopes.find((known) => known === row?.scope) ?? 'project';
      const named = typeof said.projectId === 'string' ? (projects.find(said.projectId)?.pk ?? null) : said.projectId;
      const projectPk = scope === 'global' ? null : named === undefined ? (row?.project_pk ?? null) : named;
      const path = scope === 'path' ? (said.path === undefined ? (row?.path ?? null) : said.path) : null;
      const others = known.inPlace(projectPk, mostCompared).filter(({ pk }) => pk !== row?.pk);
      return likenessOf({ statement: said.statement, scope, path, projectPk }, others, read).contradictions;
    },

    /** The latest sessions, for a job that is about none of them. */
    learningSessions: ({ projectPk, limit }: { projectPk: number | null; limit: number }): number[] =>
      material.recent(projectPk, limit),

    /** Proposed and approved learnings of the same place that are duplicates or contradict each other, most similar first. */
    learningPairs({ limit }: { limit: number }): LearningPair[] {
      const rows = known.believed(mostCompared);
      const statements = rows.map(read);
      const mayMeet = (one: number, other: number) => {
        const [a, b] = [rows[one], rows[other]];
        return a !== undefined && b !== undefined && (covers(a, b) || covers(b, a));
      };
      const pairs: LearningPair[] = [];
      for (const [one, other] of likelyPairs(statements, mayMeet)) {
        const [a, b, said, alsoSaid] = [rows[one], rows[other], statements[one], statements[other]];
        if (a === undefined || b === undefined || said === undefined || alsoSaid === undefined) continue;
        const { kind, similarity } = compare(said, alsoSaid);
        if (kind !== 'different') pairs.push({ kind, a: a.pk, b: b.pk, similarity });
      }
      return pairs.toSorted((one, other) => other.similarity - one.similarity).slice(0, limit);
    },
  };
}
