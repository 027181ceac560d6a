import type { ObservationTable } from './observation-table.ts';

/** What a row has to be like: in one of its columns one of these numbers, within one of these times, or one of these rows. */
export type RowCondition =
  | { column: 'project' | 'session' | 'type' | 'tool' | 'failed'; values: Iterable<number> }
  | { times: readonly { since?: number; until?: number }[] }
  | { rows: Uint8Array };

/** A condition that has to hold, or with `wanted: false` must not. */
export interface Demand {
  condition: RowCondition;
  wanted: boolean;
}

/** Rows are left out of it one condition after the other; only what is there at all was ever in it. */
export interface RowSelection {
  /** By pk: 1 for what is left. */
  allowed: Uint8Array;
  apply(demand: Demand): void;
}

/** Begins with all rows of the table: one run over a column for each condition, 3 to 8 ms at a million rows. */
export function selectRows(table: ObservationTable): RowSelection {
  const count = table.lastPk() + 1;
  const { session } = table.rows;
  const allowed = new Uint8Array(count);
  for (let pk = 1; pk < count; pk++) if (session[pk] !== 0) allowed[pk] = 1;

  function apply({ condition, wanted: isWanted }: Demand): void {
    const wanted = isWanted ? 1 : 0;
    if ('column' in condition) {
      const column = table.rows[condition.column];
      const values = [...condition.values].filter((value) => value >= 0);
      const isWantedValue = new Uint8Array(values.reduce((most, value) => Math.max(most, value), 0) + 1);
      for (const value of values) isWantedValue[value] = 1;
      for (let pk = 1; pk < count; pk++) {
        if ((isWantedValue[column[pk] ?? 0] ?? 0) !== wanted) allowed[pk] = 0;
      }
    } else if ('rows' in condition) {
      const { rows } = condition;
      for (let pk = 1; pk < count; pk++) if ((rows[pk] ?? 0) !== wanted) allowed[pk] = 0;
    } else {
      const { occurredAt } = table.rows;
      const ranges = condition.times.map(
        ({ since = Number.NEGATIVE_INFINITY, until = Number.POSITIVE_INFINITY }) => [since, until] as const,
      );
      for (let pk = 1; pk < count; pk++) {
        if (allowed[pk] === 0) continue;
        const at = occurredAt[pk] ?? 0;
        let inside = 0;
        for (const [since, until] of ranges) if (at >= since && at < until) inside = 1;
        if (inside !== wanted) allowed[pk] = 0;
      }
    }
  }

  return { allowed, apply };
}
