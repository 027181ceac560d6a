import type { ReadableDb } from '../../store/database.ts';
import { createNearRowReader } from '../../store/tables/near-rows.ts';
import { entityId } from './entity.ts';
import { namedThings } from './named-things.ts';
import { weightOf } from './weights.ts';

/** A row that tells how something was mended that is asked for. */
export interface NearRow {
  /** 0 to 1: the weight of the relation. */
  strength: number;
  /** The error. */
  entity: string;
}

/**
 * Rows that tell how errors were mended: those that the text names by a technical name, and those that the rows in `best`
 * mention. By pk; a few looks into indexes, without the graph in memory.
 */
export function createNearRows(db: ReadableDb) {
  const reader = createNearRowReader(db);
  return (text: string, best: readonly number[]): ReadonlyMap<number, NearRow> => {
    const named = namedThings(text).map((key) => entityId({ kind: 'concept', key, projectPk: null }, null));
    const errors = new Map([...reader.errorsOf(best), ...reader.errorsNaming(named)].map(({ pk, key }) => [pk, key]));
    const near = new Map<number, NearRow>();
    for (const [pk, entity] of errors) {
      for (const { observationPk, evidenceCount } of reader.mends(pk)) {
        const strength = weightOf('solves', evidenceCount);
        if (strength > (near.get(observationPk)?.strength ?? 0)) near.set(observationPk, { strength, entity });
      }
    }
    return near;
  };
}
