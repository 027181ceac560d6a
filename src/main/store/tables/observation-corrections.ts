import { z } from 'zod';
import { observationTypes } from '../../../shared/views.ts';
import type { WritableDb } from '../database.ts';

/** Fields that were corrected. */
export const observationCorrection = z.object({
  type: z.enum(observationTypes).exactOptional(),
  title: z.string().exactOptional(),
  subtitle: z.string().exactOptional(),
  facts: z.array(z.string()).exactOptional(),
  narrative: z.string().exactOptional(),
  concepts: z.array(z.string()).exactOptional(),
  importance: z.number().exactOptional(),
});
export type ObservationCorrection = z.infer<typeof observationCorrection>;

/** What people corrected; later corrections add to earlier ones. */
export function createCorrectionWriter(db: WritableDb) {
  const find = db
    .prepare<[number], string>('SELECT change FROM observation_corrections WHERE observation_pk = ?')
    .pluck();
  const put = db.prepare<[number, string, number]>(`
    INSERT INTO observation_corrections (observation_pk, change, changed_at) VALUES (?, ?, ?)
    ON CONFLICT (observation_pk) DO UPDATE SET change = excluded.change, changed_at = excluded.changed_at`);

  function of(pk: number): ObservationCorrection {
    const change = find.get(pk);
    return change === undefined ? {} : observationCorrection.parse(JSON.parse(change));
  }

  return {
    of,
    put(pk: number, correction: ObservationCorrection, at: number): ObservationCorrection {
      const all = { ...of(pk), ...correction };
      put.run(pk, JSON.stringify(all), at);
      return all;
    },
  };
}
