import { languageOf } from '../../memory/learnings/draft.ts';
import { newId } from '../../store/ids.ts';
import { createChangeWriter, type ChangeActor } from '../../store/tables/learning-changes.ts';
import { conflictPair, createConflictWriter } from '../../store/tables/learning-conflicts.ts';
import { createOriginWriter } from '../../store/tables/learning-origins.ts';
import type { LearningPlace } from '../../store/tables/learnings.ts';
import { createProjectReader } from '../../store/tables/projects.ts';
import type { LearningCategory, LearningScope, LearningState } from '../../../shared/learning-views.ts';
import { Refusal } from '../refusal.ts';
import type { WriterOperationParts } from '../writer-operations.ts';
import { keptTags } from './kept-tags.ts';
import { createLearningHistory } from './learning-history.ts';
import { createLearningTools, emptyRow, keptStatement, keptText, type LearningWriteResult } from './learning-tools.ts';
import { createSameWords } from './same-words.ts';

/** What is left out stays as it was. */
export interface LearningFields {
  category?: LearningCategory | undefined;
  statement?: string | undefined;
  detail?: string | null | undefined;
  tags?: readonly string[] | undefined;
  scope?: LearningScope | undefined;
  projectId?: string | null | undefined;
  path?: string | null | undefined;
  expiresAt?: number | null | undefined;
  /** What says the opposite of the new words; undefined when they stay as they were. */
  contradictions?: readonly { pk: number; similarity: number }[] | undefined;
}

export type Decision = 'approve' | 'reject' | 'propose' | 'expire';
const stateAfter: Record<Decision, LearningState> = {
  approve: 'approved',
  reject: 'rejected',
  propose: 'proposed',
  expire: 'expired',
};

/** What people do to a learning, or to many alike; each is one batch that can be undone. */
export function createLearningOperations(parts: WriterOperationParts) {
  const { db } = parts;
  const { writer, one, known, existing, weigh, put, tell, begin } = createLearningTools(parts);
  const history = createLearningHistory(db);
  const projects = createProjectReader(db);
  const origins = createOriginWriter(db);
  const changes = createChangeWriter(db);
  const conflicts = createConflictWriter(db);
  const { assertNew } = createSameWords(db);

  /** The place that these fields name, checked. */
  function placeOf(fields: LearningFields, row: LearningPlace | null): LearningPlace {
    const scope = fields.scope ?? row?.scope ?? 'project';
    const path = fields.path === undefined ? (row?.path ?? null) : fields.path;
    let projectPk = row?.project_pk ?? null;
    if (fields.projectId !== undefined) projectPk = fields.projectId === null ? null : projectOf(fields.projectId);
    if (scope === 'global') return { scope, project_pk: null, path: null };
    if (projectPk === null) throw new Refusal('REFUSED', 'Say which project it holds for, or make it hold everywhere.');
    if (scope === 'path' && path === null) throw new Refusal('REFUSED', 'Say below which path it holds.');
    return { scope, project_pk: projectPk, path: scope === 'path' ? path : null };
  }

  function projectOf(id: string): number {
    const project = projects.find(id);
    if (project === null) throw new Refusal('NOT_FOUND', `There is no project with the id ${id}.`);
    return project.pk;
  }

  /** The conflicts of a learning whose words are new; both keep standing, and the newer is proposed to take the other's place. */
  function putConflicts(pk: number, contradictions: NonNullable<LearningFields['contradictions']>, at: number): void {
    const rows = contradictions.map(({ pk: other, similarity }) => ({
      ...conflictPair(pk, other),
      similarity,
      newer_pk: pk,
      found_at: at,
      settled_at: null,
    }));
    conflicts.replace(pk, rows);
    conflicts.settle(pk, at);
  }

  return {
    /** A person's own: approved at once. Refuses, as an edit does, what is there in the same words. */
    learningCreate(fields: LearningFields & { category: LearningCategory; statement: string }): LearningWriteResult {
      const statement = keptStatement(fields.statement);
      const place = placeOf(fields, null);
      assertNew(statement, place);
      const batch = begin('person');
      const id = newId(batch.at);
      const origin = `person:${id}`;
      const pk = history.recordNew(batch, 'create', () => {
        const made = writer.insert({
          ...emptyRow(batch.at),
          ...place,
          id,
          category: fields.category,
          statement,
          detail: keptText(fields.detail ?? null),
          tags: JSON.stringify(keptTags(fields.tags ?? [])),
          language: languageOf(statement),
          state: 'approved',
          source: 'person',
          origin,
          expires_at: fields.expiresAt ?? null,
          decided_at: batch.at,
        });
        origins.put({ origin, learning_pk: made, found_at: batch.at });
        putConflicts(made, fields.contradictions ?? [], batch.at);
        weigh(made);
        return made;
      });
      return tell(batch, 'create', [pk]);
    },

    learningEdit({ id, fields }: { id: string; fields: LearningFields }): LearningWriteResult {
      const row = one(id);
      const statement = fields.statement === undefined ? row.statement : keptStatement(fields.statement);
      const detail = keptText(fields.detail);
      const batch = begin('person');
      const place = placeOf(fields, row);
      const moved = place.scope !== row.scope || place.project_pk !== row.project_pk || place.path !== row.path;
      if (moved || statement !== row.statement) assertNew(statement, place, row);
      const action = moved && fields.statement === undefined ? 'scope' : 'edit';
      history.record(batch, action, [row.pk], () => {
        put(
          row,
          {
            ...place,
            category: fields.category ?? row.category,
            statement,
            language: fields.statement === undefined ? row.language : languageOf(statement),
            detail: detail === undefined ? row.detail : detail,
            tags: fields.tags === undefined ? row.tags : JSON.stringify(keptTags(fields.tags)),
            expires_at: fields.expiresAt === undefined ? row.expires_at : fields.expiresAt,
          },
          batch.at,
        );
        if (fields.contradictions !== undefined) putConflicts(row.pk, fields.contradictions, batch.at);
      });
      return tell(batch, action, [row.pk]);
    },

    /** A person names what is there; a rule takes what is left of what it read a while ago. */
    learningDecide({
      ids,
      decision,
      note = null,
      actor = 'person',
    }: {
      ids: string[];
      decision: Decision;
      note?: string | null | undefined;
      actor?: ChangeActor;
    }): LearningWriteResult {
      const targets = actor === 'person' ? known(ids) : existing(ids);
      const batch = begin(actor);
      const state = stateAfter[decision];
      const pks = targets.map(({ pk }) => pk);
      const change = () => {
        for (const row of targets) {
          if (row.state === state) continue;
          const decided = decision === 'approve' || decision === 'reject';
          put(
            row,
            {
              state,
              superseded_by: null,
              merged_into: null,
              confirm_count: row.confirm_count + Number(decision === 'approve'),
              reject_count: row.reject_count + Number(decision === 'reject'),
              decided_at: decided ? batch.at : decision === 'propose' ? null : row.decided_at,
            },
            batch.at,
          );
        }
      };
      // Who had taken its place stands no longer for it.
      const successors = targets.flatMap((row) => [row.superseded_by, row.merged_into].filter((pk) => pk !== null));
      history.record(batch, decision, [...new Set([...pks, ...successors])], change, keptText(note));
      return tell(batch, decision, pks);
    },

    /** Both of two that seem to say the opposite hold. */
    learningKeepBoth({ id, other }: { id: string; other: string }): LearningWriteResult {
      const [first, second] = [one(id), one(other)];
      if ([first, second].some(({ state }) => state !== 'proposed' && state !== 'approved')) {
        throw new Refusal('CONFLICT', 'One of the two is not believed any more; approve it first.');
      }
      const batch = begin('person');
      const pks = [first.pk, second.pk];
      history.record(batch, 'approve', pks, () => {
        for (const row of [first, second]) {
          if (row.state === 'approved') continue;
          const counted = { confirm_count: row.confirm_count + 1, decided_at: batch.at };
          put(row, { ...counted, state: 'approved' }, batch.at);
        }
        conflicts.close(first.pk, second.pk, batch.at);
      });
      return tell(batch, 'approve', pks);
    },

    learningPin({ ids, pinned }: { ids: string[]; pinned: boolean }): LearningWriteResult {
      const targets = known(ids);
      const batch = begin('person');
      const pks = targets.map(({ pk }) => pk);
      history.record(batch, pinned ? 'pin' : 'unpin', pks, () => {
        for (const row of targets) if (row.pinned !== Number(pinned)) put(row, { pinned: Number(pinned) }, batch.at);
      });
      return tell(batch, pinned ? 'pin' : 'unpin', pks);
    },

    learningVerify({
      id,
      confirmed,
      note,
    }: {
      id: string;
      confirmed: boolean;
      note: string | null;
    }): LearningWriteResult {
      const row = one(id);
      const kept = keptText(note);
      const batch = begin('person');
      history.record(
        batch,
        'verify',
        [row.pk],
        () =>
          put(
            row,
            {
              confirm_count: row.confirm_count + Number(confirmed),
              reject_count: row.reject_count + Number(!confirmed),
              note: kept ?? row.note,
            },
            batch.at,
          ),
        kept,
      );
      return tell(batch, 'verify', [row.pk]);
    },

    learningUndo({ batchId }: { batchId: string }): LearningWriteResult {
      const batch = begin('person');
      return tell(batch, 'undo', history.undo(batchId, batch));
    },

    /** What is older cannot be undone any more; how many went. */
    learningPruneHistory: ({ before }: { before: number }): number => changes.prune(before),
  };
}
