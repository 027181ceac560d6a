import { languageOf } from '../../memory/learnings/draft.ts';
import type { ChangeActor } from '../../store/tables/learning-changes.ts';
import { createEvidenceReader, createEvidenceWriter } from '../../store/tables/learning-evidence.ts';
import { createOriginReader, createOriginWriter } from '../../store/tables/learning-origins.ts';
import type { LearningRow } from '../../store/tables/learnings.ts';
import { Refusal } from '../refusal.ts';
import type { WriterOperationParts } from '../writer-operations.ts';
import { unitedTags } from './kept-tags.ts';
import { createLearningHistory } from './learning-history.ts';
import { createLearningTools, keptStatement, type LearningWriteResult } from './learning-tools.ts';

/** What is done to learnings with regard to each other; each is one batch that can be undone. */
export function createLearningUnions(parts: WriterOperationParts) {
  const { db } = parts;
  const { rows, writer, one, known, around, put, tell, begin } = createLearningTools(parts);
  const history = createLearningHistory(db);
  const evidence = { ...createEvidenceReader(db), ...createEvidenceWriter(db) };
  const origins = { ...createOriginReader(db), ...createOriginWriter(db) };

  return {
    /** Those become part of `into`: their evidence, origins and tags go over, they themselves are superseded by it. */
    learningMerge({
      into,
      ids,
      statement,
      actor = 'person',
    }: {
      into: string;
      ids: string[];
      statement?: string | undefined;
      actor?: ChangeActor;
    }): LearningWriteResult {
      const target = one(into);
      const parts = known(ids).filter(({ pk }) => pk !== target.pk);
      if (!isLive(target)) throw new Refusal('REFUSED', 'Merge into one that is proposed or approved.');
      if (parts.length === 0) throw new Refusal('REFUSED', 'Choose at least one other learning to merge.');
      const said = statement === undefined ? null : keptStatement(statement);
      const batch = begin(actor);
      const pks = [target.pk, ...parts.map(({ pk }) => pk)];
      history.record(batch, 'merge', around([target, ...parts]), () => {
        for (const part of parts) {
          for (const { pk: _, ...row } of evidence.of(part.pk)) evidence.add({ ...row, learning_pk: target.pk });
          for (const row of origins.of(part.pk)) origins.put({ ...row, learning_pk: target.pk });
          // Whatever had gone into the part has gone into the whole with it.
          for (const pk of rows.pointingTo(part.pk)) {
            const earlier = rows.byPk(pk);
            if (earlier !== null) put(earlier, redirected(earlier, part.pk, target.pk), batch.at);
          }
          put(part, { state: 'superseded', superseded_by: target.pk, merged_into: target.pk }, batch.at);
        }
        const sum = (count: (row: LearningRow) => number) =>
          [target, ...parts].reduce((all, row) => all + count(row), 0);
        put(
          target,
          {
            // An approval is not lost by merging.
            ...(parts.some(({ state }) => state === 'approved') && target.state === 'proposed'
              ? { state: 'approved', decided_at: batch.at }
              : {}),
            statement: said ?? target.statement,
            language: said === null ? target.language : languageOf(said),
            tags: unitedTags([target, ...parts]),
            confirm_count: sum((row) => row.confirm_count),
            use_count: sum((row) => row.use_count),
            pinned: Math.max(...[target, ...parts].map((row) => row.pinned)),
            created_at: Math.min(...[target, ...parts].map((row) => row.created_at)),
          },
          batch.at,
        );
      });
      return tell(batch, 'merge', pks);
    },

    /** `by` takes the place of `id`. */
    learningSupersede({
      id,
      by,
      actor = 'person',
    }: {
      id: string;
      by: string;
      actor?: ChangeActor;
    }): LearningWriteResult {
      const [older, newer] = [one(id), one(by)];
      if (older.pk === newer.pk) throw new Refusal('REFUSED', 'A learning cannot take its own place.');
      if (newer.superseded_by === older.pk) {
        throw new Refusal('CONFLICT', 'That one was superseded by this one; take it back first.');
      }
      const batch = begin(actor);
      history.record(batch, 'supersede', [older.pk, newer.pk], () =>
        put(older, { state: 'superseded', superseded_by: newer.pk, decided_at: batch.at }, batch.at),
      );
      return tell(batch, 'supersede', [older.pk, newer.pk]);
    },

    /** For good; the origins stay, so that it is not made again. */
    learningDelete({ ids }: { ids: string[] }): LearningWriteResult {
      const targets = known(ids);
      const batch = begin('person');
      const pks = targets.map(({ pk }) => pk);
      history.record(batch, 'delete', around(targets), () => {
        for (const pk of pks) writer.remove(pk);
      });
      return { ...tell(batch, 'delete', pks), ids: [] };
    },
  };
}

function redirected(row: LearningRow, from: number, to: number): Partial<LearningRow> {
  return {
    superseded_by: row.superseded_by === from ? to : row.superseded_by,
    merged_into: row.merged_into === from ? to : row.merged_into,
  };
}

function isLive({ state }: LearningRow): boolean {
  return state === 'proposed' || state === 'approved';
}
