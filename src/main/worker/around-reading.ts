import type { AroundRequest } from '../api/services.ts';
import type { ReadableDb } from '../store/database.ts';
import { createAroundReader } from '../store/tables/observation-around.ts';
import { createObservationReader } from '../store/tables/observation-reader.ts';
import type { ObservationsAround } from '../../shared/record-views.ts';

/** What came before and after an observation or a moment of a session. */
export function createAroundReading(db: ReadableDb) {
  const around = createAroundReader(db);
  const observations = createObservationReader(db);

  return {
    observationsAround({ at, ...request }: AroundRequest): ObservationsAround | null {
      const found = around({ ...request, at: at === undefined ? undefined : Date.parse(at) });
      if (found === null) return null;
      const { pks, ...rest } = found;
      const views = observations.byPks(pks);
      return {
        ...rest,
        anchor_id: request.observation_id ?? null,
        data: pks.flatMap((pk) => views.get(pk)?.view ?? []),
      };
    },
  };
}
