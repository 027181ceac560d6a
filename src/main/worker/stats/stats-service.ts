import { TRPCError } from '@trpc/server';
import { wrongField } from '../../api/input-sentences.ts';
import type { StatsService } from '../../api/record-services.ts';
import type { StatsBucket } from '../../../shared/stats-views.ts';
import type { Reader } from '../reader-pool.ts';

export interface StatsServiceParts {
  reader: Pick<Reader, 'call'>;
  /** What is grouped reads a whole index; lists do not wait for that. */
  intake: Pick<Reader, 'call'>;
  /** IANA name; that of the machine unless said otherwise. */
  zone?: string;
}

const dayMs = 24 * 60 * 60 * 1000;
const approximateMs: Record<StatsBucket, number> = {
  hour: dayMs / 24,
  day: dayMs,
  week: 7 * dayMs,
  month: 30 * dayMs,
};
/** How much is shown when nobody says since when. */
const usualBuckets: Record<StatsBucket, number> = { hour: 48, day: 90, week: 52, month: 36 };
const mostBuckets = 2_000;

/** The contract's statistics; days and hours are those of the worker's own clock. */
export function createStatsService({ reader, intake, zone = localZone() }: StatsServiceParts): StatsService {
  return {
    overview: async ({ project_id: projectId }) => known(await reader.call('statsOverview', { projectId }), projectId),
    async growth({ project_id: projectId, bucket, ...period }) {
      const until = timeOf(period.until, Date.now());
      const since = timeOf(period.since, until - usualBuckets[bucket] * approximateMs[bucket]);
      refuseUpsideDown(since, until);
      if ((until - since) / approximateMs[bucket] > mostBuckets) {
        const message = `That is more than ${mostBuckets} points: ask for a shorter time or for longer buckets.`;
        throw new TRPCError({ code: 'BAD_REQUEST', message });
      }
      return known(await intake.call('statsGrowth', { projectId, bucket, since, until, zone }), projectId);
    },
    async activity({ project_id: projectId, ...period }) {
      const [since, until] = [timeOf(period.since, 0), timeOf(period.until, Number.MAX_SAFE_INTEGER)];
      refuseUpsideDown(since, until);
      return known(await intake.call('statsActivity', { projectId, since, until, zone }), projectId);
    },
  };
}

/** The name of the place whose clock this machine shows. */
export const localZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

const timeOf = (given: string | undefined, otherwise: number): number =>
  given === undefined ? otherwise : Date.parse(given);

function refuseUpsideDown(since: number, until: number): void {
  if (since < until) return;
  throw wrongField('since', 'The time ends before it begins: since has to be before until.');
}

function known<T>(found: T | null, projectId: string | undefined): T {
  if (found !== null) return found;
  throw new TRPCError({ code: 'NOT_FOUND', message: `There is no project with the id ${projectId ?? ''}.` });
}
