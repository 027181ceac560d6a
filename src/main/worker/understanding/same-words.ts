import type { ReadableDb } from '../../store/database.ts';
import { createLearningReader, type LearningPlace, type LearningRow } from '../../store/tables/learnings.ts';
import { Refusal } from '../refusal.ts';

/**
 * Finds learnings in words that are there already. What only means the same is another matter: a person may want both, and
 * a merge offers itself for them.
 */
export function createSameWords(db: ReadableDb) {
  const rows = createLearningReader(db);

  /** Of exactly this place, the approved one first. */
  function find(statement: string, place: LearningPlace, except: number | null = null): LearningRow | null {
    const words = asCompared(statement);
    let same: LearningRow | null = null;
    for (const row of rows.at(place)) {
      if (row.pk !== except && asCompared(row.statement) === words) same = standsBefore(row, same) ? row : same;
    }
    return same;
  }

  return {
    find,
    /** Throws `Refusal` CONFLICT that names the one that says it; `own` may say it itself. */
    assertNew(statement: string, place: LearningPlace, own: LearningRow | null = null): void {
      const same = find(statement, place, own?.pk);
      if (same !== null) throw new Refusal('CONFLICT', sentenceOn(same, own));
    },
  };
}

/** The same for what only looks different: blanks, upper case, the stop at the end. */
function asCompared(statement: string): string {
  const words = statement.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim();
  return words.replace(/[.。!]+$/u, '');
}

const order = ['approved', 'proposed', 'rejected'];

function standsBefore(row: LearningRow, other: LearningRow | null): boolean {
  return other === null || order.indexOf(row.state) < order.indexOf(other.state);
}

function sentenceOn({ id, state }: LearningRow, own: LearningRow | null): string {
  if (own !== null) return `The learning ${id} says the same for the same place: merge the two, or delete one.`;
  if (state === 'approved') return `The learning ${id} says the same for the same place: change that one instead.`;
  return state === 'proposed'
    ? `The learning ${id} says the same for the same place, and is proposed: approve that one instead.`
    : `The learning ${id} says the same for the same place, and is rejected: approve that one instead.`;
}
