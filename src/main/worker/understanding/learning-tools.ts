import { sanitizeText } from '../../capture/sanitize.ts';
import { confidenceOf } from '../../memory/learnings/confidence.ts';
import { newId } from '../../store/ids.ts';
import type { ChangeActor } from '../../store/tables/learning-changes.ts';
import { createConflictWriter } from '../../store/tables/learning-conflicts.ts';
import { createEvidenceReader } from '../../store/tables/learning-evidence.ts';
import { createLearningReader, createLearningWriter, type LearningRow } from '../../store/tables/learnings.ts';
import { learningSources, type LearningSource } from '../../../shared/learning-views.ts';
import { Refusal } from '../refusal.ts';
import type { WriterOperationParts } from '../writer-operations.ts';
import type { Batch } from './learning-history.ts';

export interface LearningWriteResult {
  batchId: string;
  ids: string[];
}

/** Windows hear of each learning of a small batch, and of a large one once. */
const mostEntries = 50;

/** What all operations on learnings have in common. */
export function createLearningTools({ db, ledger }: Pick<WriterOperationParts, 'db' | 'ledger'>) {
  const rows = createLearningReader(db);
  const writer = createLearningWriter(db);
  const evidence = createEvidenceReader(db);
  const conflicts = createConflictWriter(db);

  /** Moves the confidence to where its grounds are now. */
  function weigh(pk: number): void {
    const row = rows.byPk(pk);
    if (row === null) return;
    const sessions = evidence.sessions(pk);
    const confidence = confidenceOf({
      source: sourceOf(row.source),
      supportingSessions: sessions.supports,
      contradictingSessions: sessions.contradicts,
      confirmCount: row.confirm_count,
      rejectCount: row.reject_count,
      useCount: row.use_count,
    });
    writer.setConfidence(pk, confidence);
  }

  /** Those that exist, each of them once. */
  const existing = (ids: readonly string[]): LearningRow[] => [...new Set(ids)].flatMap((id) => rows.byId(id) ?? []);

  return {
    rows,
    writer,
    weigh,
    /** Throws `Refusal` NOT_FOUND. */
    one(id: string): LearningRow {
      const row = rows.byId(id);
      if (row === null) throw new Refusal('NOT_FOUND', `There is no learning with the id ${id}.`);
      return row;
    },
    /** Each of them once. Throws `Refusal` NOT_FOUND that names those that do not exist. */
    known(ids: readonly string[]): LearningRow[] {
      const missing = ids.filter((id) => rows.byId(id) === null);
      if (missing.length > 0) {
        throw new Refusal('NOT_FOUND', `There is no learning with the id ${[...new Set(missing)].join(', ')}.`);
      }
      return existing(ids);
    },
    existing,
    /** Everyone on whom a change of these may leave a mark: what points to them, too. */
    around: (targets: readonly LearningRow[]): number[] => [
      ...new Set(targets.flatMap(({ pk }) => [pk, ...rows.pointingTo(pk)])),
    ],
    begin: (actor: ChangeActor): Batch => ({ id: newId(Date.now()), actor, at: Date.now() }),
    put(row: LearningRow, change: Partial<LearningRow>, at: number): void {
      writer.put({ ...row, ...change, updated_at: at });
      if (change.state !== undefined) conflicts.settle(row.pk, at);
      weigh(row.pk);
    },
    /** Tells the windows; last, for what throws afterwards is told all the same. */
    tell(batch: Batch, action: string, pks: readonly number[]): LearningWriteResult {
      const told = pks.flatMap((pk) => rows.byPk(pk) ?? []);
      const common = { at: batch.at, sessionPk: null, type: 'learning.changed' } as const;
      if (pks.length > mostEntries || told.length < pks.length) {
        ledger.log({ ...common, projectPk: null, data: { action, count: pks.length, batch_id: batch.id } });
      }
      if (pks.length <= mostEntries) {
        for (const row of told) {
          // No words of it: they may be a session's, which could not take them along out of the log.
          const data = { action, learning_id: row.id, state: row.state, batch_id: batch.id };
          ledger.log({ ...common, projectPk: row.project_pk, data });
        }
      }
      return { batchId: batch.id, ids: told.map(({ id }) => id) };
    },
  };
}

/** A person's own words as a hook would keep them: without secrets and private blocks. Throws `Refusal` when nothing is left. */
export function keptStatement(statement: string): string {
  const kept = sanitizeText(statement).trim();
  if (kept === '') throw new Refusal('REFUSED', 'All of it is private: there is nothing to believe.');
  return kept;
}

/** The same for what may be empty; undefined and null stay what they are. */
export function keptText<None extends null | undefined>(text: string | None): string | None | null {
  return typeof text === 'string' ? sanitizeText(text).trim() || null : text;
}

/** The columns that a new learning has whatever it says. */
export function emptyRow(at: number) {
  return {
    confidence: 0,
    pinned: 0,
    note: null,
    superseded_by: null,
    merged_into: null,
    use_count: 0,
    last_used_at: null,
    confirm_count: 0,
    reject_count: 0,
    created_at: at,
    updated_at: at,
    decided_at: null,
    tags: '[]',
  };
}

function sourceOf(value: string): LearningSource {
  return learningSources.find((source) => source === value) ?? 'model';
}
