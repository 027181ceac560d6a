import { isDeepStrictEqual } from 'node:util';
import type { LearningAction } from '../../../shared/learning-views.ts';
import type { WritableDb } from '../../store/database.ts';
import { createChangeReader, createChangeWriter, type ChangeActor } from '../../store/tables/learning-changes.ts';
import { createConflictReader, createConflictWriter, type ConflictRow } from '../../store/tables/learning-conflicts.ts';
import { createEvidenceReader, createEvidenceWriter, type EvidenceRow } from '../../store/tables/learning-evidence.ts';
import { createOriginReader, createOriginWriter, type OriginRow } from '../../store/tables/learning-origins.ts';
import { createLearningReader, createLearningWriter, type LearningRow } from '../../store/tables/learnings.ts';
import { Refusal } from '../refusal.ts';

/** One learning with all that hangs on it, as it lies in the file. */
interface Snapshot {
  row: LearningRow;
  evidence: EvidenceRow[];
  conflicts: ConflictRow[];
  origins: OriginRow[];
  /** Whose place it took: as long as they say so, it cannot go unnoticed. */
  successorOf: number[];
}

export interface Batch {
  id: string;
  actor: ChangeActor;
  at: number;
}

/** Writes down every change with the rows before and after it, and takes whole batches back. */
export function createLearningHistory(db: WritableDb) {
  const learnings = createLearningReader(db);
  const evidence = createEvidenceReader(db);
  const conflicts = createConflictReader(db);
  const origins = createOriginReader(db);
  const changes = createChangeReader(db);
  const put = {
    learning: createLearningWriter(db),
    evidence: createEvidenceWriter(db),
    conflicts: createConflictWriter(db),
    origins: createOriginWriter(db),
    changes: createChangeWriter(db),
  };

  function snapshot(pk: number): Snapshot | null {
    const row = learnings.byPk(pk);
    if (row === null) return null;
    return {
      row,
      evidence: evidence.of(pk),
      conflicts: conflicts.of(pk),
      origins: origins.of(pk),
      successorOf: learnings.pointingTo(pk),
    };
  }

  /** Being used is no change of what is believed: it neither stands in the way of an undo nor is it undone. */
  function isStill(current: Snapshot | null, then: Snapshot | null): boolean {
    if (current === null || then === null) return current === then;
    const { use_count, last_used_at, confidence } = current.row;
    return isDeepStrictEqual(current, { ...then, row: { ...then.row, use_count, last_used_at, confidence } });
  }

  function add(
    batch: Batch,
    pk: number,
    what: { action: LearningAction; note: string | null },
    before: Snapshot | null,
  ) {
    const after = snapshot(pk);
    if (isDeepStrictEqual(before, after)) return false;
    const rows = [...(before?.evidence ?? []), ...(after?.evidence ?? [])];
    put.changes.add({
      batchId: batch.id,
      actor: batch.actor,
      at: batch.at,
      learningPk: pk,
      ...what,
      before: before && JSON.stringify(before),
      after: after && JSON.stringify(after),
      observationPks: rows.flatMap(({ observation_pk }) => observation_pk ?? []),
    });
    return true;
  }

  /** Restores in an order in which every row finds what it points to. */
  function restore(states: readonly { pk: number; to: Snapshot | null }[]): void {
    for (const { pk, to } of states) if (to === null) put.learning.remove(pk);
    const kept = states.flatMap(({ pk, to }) => (to === null ? [] : [{ pk, to }]));
    for (const { to } of kept) {
      const current = learnings.byPk(to.row.pk);
      const live = current === null ? {} : { use_count: current.use_count, last_used_at: current.last_used_at };
      // Two of one batch may point to each other; the second round sets it.
      put.learning.put({ ...to.row, ...live, superseded_by: null, merged_into: null });
    }
    for (const { pk, to } of kept) {
      const current = learnings.byPk(pk);
      if (current === null) continue;
      const { superseded_by, merged_into } = to.row;
      put.learning.put({ ...current, superseded_by, merged_into });
      put.evidence.replace(pk, to.evidence);
      put.origins.replace(pk, to.origins);
    }
    // Deleting a learning took its conflicts along, so they come last.
    for (const { pk, to } of kept) put.conflicts.replace(pk, to.conflicts);
  }

  return {
    /** Runs the change and writes down what it did to these learnings; true for those that are not as before. */
    record(
      batch: Batch,
      action: LearningAction,
      pks: readonly number[],
      change: () => void,
      note: string | null = null,
    ): number[] {
      const before = pks.map((pk) => ({ pk, state: snapshot(pk) }));
      change();
      return before.filter(({ pk, state }) => add(batch, pk, { action, note }, state)).map(({ pk }) => pk);
    },

    /** The same for one that is made here; `make` returns its pk. */
    recordNew(batch: Batch, action: LearningAction, make: () => number): number {
      const pk = make();
      add(batch, pk, { action, note: null }, null);
      return pk;
    },

    /**
     * Puts every row of the batch back as it was before it, and writes that down as a batch of its own. Returns the learnings.
     * Throws `Refusal`: NOT_FOUND, or CONFLICT when it was undone or what it changed was changed again.
     */
    undo(batchId: string, batch: Batch): number[] {
      const rows = changes.batch(batchId);
      if (rows.length === 0) throw new Refusal('NOT_FOUND', 'There is no such change; old ones are not kept for ever.');
      if (rows.some(({ undone_at }) => undone_at !== null)) throw new Refusal('CONFLICT', 'This was undone already.');
      // A learning that one batch changed twice goes back to before the first and must be as after the last.
      const states = new Map<number, { before: Snapshot | null; after: Snapshot | null }>();
      for (const row of rows) {
        if (row.before === null && row.after === null) {
          throw new Refusal('CONFLICT', 'What this rested on was deleted since, so it cannot be undone.');
        }
        const [before, after] = [row.before, row.after].map(parse);
        const first = states.get(row.learning_pk);
        states.set(row.learning_pk, { before: first ? first.before : (before ?? null), after: after ?? null });
      }
      const pks = [...states.keys()];
      if (pks.some((pk) => !isStill(snapshot(pk), states.get(pk)?.after ?? null))) {
        throw new Refusal('CONFLICT', 'It was changed again since; undo the later change first.');
      }
      const current = pks.map((pk) => ({ pk, state: snapshot(pk) }));
      try {
        restore(pks.map((pk) => ({ pk, to: states.get(pk)?.before ?? null })));
      } catch (error) {
        if (!isConstraint(error)) throw error;
        throw new Refusal('CONFLICT', 'What this rested on was deleted since, so it cannot be undone.');
      }
      for (const { pk, state } of current) add(batch, pk, { action: 'undo', note: batchId }, state);
      put.changes.markUndone(batchId, batch.at);
      // Taking back an undo is doing it again: then the first one can be undone once more.
      for (const undone of new Set(rows.filter(({ action }) => action === 'undo').map(({ note }) => note))) {
        if (undone !== null) put.changes.markUndone(undone, null);
      }
      return pks;
    },
  };
}

function parse(json: string | null): Snapshot | null {
  const value: unknown = JSON.parse(json ?? 'null');
  if (value === null || isSnapshot(value)) return value;
  throw new Error('The history of a learning cannot be read.');
}

/** What this file wrote itself; the column holds nothing else. */
function isSnapshot(value: unknown): value is Snapshot {
  return typeof value === 'object' && value !== null && 'row' in value && 'successorOf' in value;
}

function isConstraint(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT');
}
