import type { ReadableDb } from '../../store/database.ts';
import { createStatsReader, type SlotCount, type StatsRange } from '../../store/tables/statistics-over-time.ts';
import type { ActivityView, GrowthPoint, StatsBucket, StatsOverview } from '../../../shared/stats-views.ts';
import { slotMs, timeZone } from './time-zone.ts';

export interface GrowthQuery {
  projectId: string | undefined;
  bucket: StatsBucket;
  since: number;
  until: number;
  /** IANA name. */
  zone: string;
}

export interface ActivityQuery extends Omit<GrowthQuery, 'bucket'> {}

/** What the reader threads count; null where there is no such project. */
export function createStatsReading(db: ReadableDb) {
  const reader = createStatsReader(db);

  function within<T>(projectId: string | undefined, read: (projectPk: number | null) => T): T | null {
    return db.snapshot(() => {
      const projectPk = projectId === undefined ? null : reader.projectPk(projectId);
      return projectId !== undefined && projectPk === null ? null : read(projectPk);
    });
  }

  return {
    statsOverview: ({ projectId }: { projectId: string | undefined }): StatsOverview | null =>
      within(projectId, (projectPk) => reader.overview({ projectPk })),
    /** One point for each bucket that the time touches, oldest first, the empty ones too. */
    statsGrowth: ({ projectId, bucket, since, until, zone }: GrowthQuery): GrowthPoint[] | null =>
      within(projectId, (projectPk) => {
        const clock = timeZone(zone);
        const starts: number[] = [];
        for (let at = clock.start(bucket, since); at < until; at = clock.next(bucket, at)) starts.push(at);
        const [first = since] = starts;
        const range: StatsRange = { projectPk, since: first, until };
        const count = (what: 'observations' | 'sessions' | 'learnings' | 'memories') =>
          intoBuckets(reader.slots(what, range, slotMs), starts);
        const [observations, sessions, learnings, memories] = [
          count('observations'),
          count('sessions'),
          count('learnings'),
          count('memories'),
        ];
        const sizes = projectPk === null ? reader.sizes(first, until) : [];
        let total = reader.observationsBefore(range);
        return starts.map((start, place): GrowthPoint => {
          const added = observations[place] ?? 0;
          total += added;
          const end = starts[place + 1] ?? until;
          return {
            at: clock.iso(start),
            sessions: sessions[place] ?? 0,
            observations: added,
            learnings: learnings[place] ?? 0,
            memories: memories[place] ?? 0,
            total_observations: total,
            database_bytes: sizes.findLast(({ day }) => day >= start && day < end)?.bytes ?? null,
          };
        });
      }),
    statsActivity: ({ projectId, since, until, zone }: ActivityQuery): ActivityView | null =>
      within(projectId, (projectPk) => {
        const clock = timeZone(zone);
        const range: StatsRange = { projectPk, since, until };
        const hours = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
        for (const { slot, count } of reader.slots('observations', range, slotMs)) {
          const [weekday, hour] = clock.weekdayAndHour(slot * slotMs);
          const day = hours[weekday];
          if (day !== undefined) day[hour] = (day[hour] ?? 0) + count;
        }
        return { hours, ...reader.groups(range) };
      }),
  };
}

/** Each slot lies in the last bucket that began by then; both grow, so each is looked at once. */
function intoBuckets(slots: readonly SlotCount[], starts: readonly number[]): number[] {
  const counts = starts.map(() => 0);
  let place = 0;
  for (const { slot, count } of slots.toSorted((one, other) => one.slot - other.slot)) {
    while ((starts[place + 1] ?? Infinity) <= slot * slotMs) place++;
    counts[place] = (counts[place] ?? 0) + count;
  }
  return counts;
}
