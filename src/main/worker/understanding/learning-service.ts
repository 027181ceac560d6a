import { TRPCError } from '@trpc/server';
import { join } from 'node:path';
import { notFound } from '../../api/found.ts';
import { wrongField } from '../../api/input-sentences.ts';
import type { LearningChangeRequest, LearningProposal, LearningService } from '../../api/understanding-services.ts';
import { exportSection } from '../../memory/learnings/export-section.ts';
import { dataPaths } from '../../store/data-folder.ts';
import type { LearningOutcome } from '../../../shared/learning-views.ts';
import { asCallersError } from '../settings/callers-error.ts';
import { withPage } from '../with-page.ts';
import { ClaudeMdError, putSection } from './claude-md-file.ts';
import type { LearningWriteResult } from './learning-tools.ts';
import type { LearningFields } from './learning-writer.ts';
import type { UnderstandingParts } from './parts.ts';

/** The contract's operations on learnings; a person stands behind each of them. */
export function createLearningService({
  reader,
  intake,
  writer,
  options,
}: Pick<UnderstandingParts, 'reader' | 'intake' | 'writer' | 'options'>): LearningService {
  async function outcome(change: Promise<LearningWriteResult>): Promise<LearningOutcome> {
    const { batchId, ids } = await asCallersError(change);
    return { batch_id: batchId, learnings: await reader.call('learningsById', ids) };
  }

  const oppositesOf = (id: string | null, said: LearningChangeRequest & { statement: string }) =>
    intake.call('learningOpposites', {
      id,
      statement: said.statement,
      scope: said.scope,
      projectId: said.project_id,
      path: said.path,
    });

  async function section(request: { project_id?: string | undefined; ids?: string[] | undefined }) {
    const which = { projectId: request.project_id ?? null, ids: request.ids ?? null };
    const { learnings, missing } = await reader.call('learningsApproved', which);
    // A section is replaced: what was mistyped would take out what stands there.
    if (missing.project) throw notFound('project', which.projectId ?? '');
    if (missing.ids.length > 0) throw notFound('approved learning', missing.ids.join(', '));
    return exportSection(learnings);
  }

  return {
    list: (request) => withPage(reader.call('learningList', request)),
    get: (id) => reader.call('learningDetail', id),
    counts: (request) => reader.call('learningCounts', request.project_id ?? null),
    async create(request) {
      const { category, statement } = request;
      const contradictions = await oppositesOf(null, request);
      return outcome(writer.call('learningCreate', { ...toFields(request), category, statement, contradictions }));
    },
    async propose(request) {
      const { origin, application } = await intake.call('learningProposal', { ...request, at: Date.now() });
      if (application === null) throw noPlace(request);
      // As of what the learn job finds: known ones gain support, and what a person rejected stays rejected.
      if (application.drafts.length > 0) await asCallersError(writer.call('learningApply', application));
      const learning = await reader.call('learningOfOrigin', origin);
      if (learning === null) {
        const message = 'A person deleted this learning; it is not proposed again. Ask the user to add it by hand.';
        throw new TRPCError({ code: 'CONFLICT', message });
      }
      return learning;
    },
    async edit(id, change) {
      const { statement } = change;
      const contradictions = statement === undefined ? undefined : await oppositesOf(id, { ...change, statement });
      return outcome(writer.call('learningEdit', { id, fields: { ...toFields(change), contradictions } }));
    },
    decide: (ids, decision, note) => outcome(writer.call('learningDecide', { ids, decision, note })),
    pin: (ids, pinned) => outcome(writer.call('learningPin', { ids, pinned })),
    merge: (into, ids, statement) => outcome(writer.call('learningMerge', { into, ids, statement })),
    supersede: (id, by) => outcome(writer.call('learningSupersede', { id, by })),
    keepBoth: (id, other) => outcome(writer.call('learningKeepBoth', { id, other })),
    verify: (id, verdict, note) =>
      outcome(writer.call('learningVerify', { id, confirmed: verdict === 'confirmed', note })),
    delete: (ids) => outcome(writer.call('learningDelete', { ids })),
    undo: (batchId) => outcome(writer.call('learningUndo', { batchId })),
    exportText: section,
    async writeExport({ file, ...request }) {
      const { text, count } = await section(request);
      const backups = join(dataPaths(options.dataDir).backups, 'claude-md');
      try {
        await putSection(file, count === 0 ? null : text, backups);
      } catch (error) {
        if (!(error instanceof ClaudeMdError)) throw error;
        throw new TRPCError({ code: error.code, message: error.message });
      }
      return { file, count };
    },
  };
}

function toFields(request: LearningChangeRequest): LearningFields {
  const { category, statement, detail, tags, scope, path } = request;
  const expires = request.expires_at;
  return {
    category,
    statement,
    detail,
    tags,
    scope,
    path,
    projectId: request.project_id,
    expiresAt: expires === undefined || expires === null ? expires : Date.parse(expires),
  };
}

function noPlace({ scope, project_id, path, session_id }: LearningProposal): TRPCError {
  if (scope !== 'global' && project_id === undefined && session_id === undefined) {
    return wrongField('project_id', 'Say which project it holds for, or make its scope global.');
  }
  if (scope === 'path' && path === undefined) return wrongField('path', 'Say below which path it holds.');
  const message = 'All of it is private, or there is no such project or session.';
  return new TRPCError({ code: 'BAD_REQUEST', message });
}
