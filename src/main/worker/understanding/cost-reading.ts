import type { ReadableDb } from '../../store/database.ts';
import { createCapsReader, type ReachedCap } from '../../store/tables/cost-caps.ts';
import { createEmbeddingUsageReader } from '../../store/tables/embedding-usage.ts';
import {
  createModelCallReader,
  createModelReadings,
  toSpend,
  type CallRange,
} from '../../store/tables/model-call-reader.ts';
import { createModelPriceReader } from '../../store/tables/model-prices.ts';
import { createUnsummarisedReader } from '../../store/tables/unsummarised.ts';
import type { CostCaps, CostOverview, SpendView } from '../../../shared/cost-views.ts';
import { groupRows, spendOf } from './cost-groups.ts';
import { dayOf, monthOf } from './money-periods.ts';

const firstDay = '0000-01-01';
const lastDay = '9999-12-31';

/** What the table of calls knows of an overview. */
export type Spending = Pick<CostOverview, 'today' | 'month' | 'total' | 'caps' | 'groups' | 'capped'>;

/** What a window asks about money. */
export function createCostReading(db: ReadableDb) {
  const calls = createModelCallReader(db);
  const embeddings = createEmbeddingUsageReader(db);
  const caps = createCapsReader(db);
  const prices = createModelPriceReader(db);
  const unsummarised = createUnsummarisedReader(db);
  const isRead = createModelReadings(db);
  const waiting = db
    .prepare<[], number>(`SELECT COUNT(*) FROM task_queue WHERE state = 'waiting' AND failure_class = 'cap'`)
    .pluck();

  /** Embeddings are counted by their day and belong to no project. */
  function embedded({ since, until, projectId }: CallRange) {
    if (projectId !== null) return [];
    const first = since === null ? firstDay : dayOf(since).firstDay;
    const last = until === null ? lastDay : dayOf(until - 1).firstDay;
    return embeddings.days(first, last);
  }

  function spend(range: CallRange): SpendView {
    return toSpend(spendOf(calls.spend(range), embedded(range)));
  }

  function since(start: number): SpendView {
    return spend({ since: start, until: null, projectId: null });
  }

  function overview({ range, now }: { range: CallRange; now: number }): Spending {
    const reached = caps.reached(now);
    const rows = embedded(range);
    const group = (name: Parameters<typeof calls.groups>[0]) => groupRows(name, calls.groups(name, range), rows);
    return {
      today: since(dayOf(now).start),
      month: since(monthOf(now).start),
      total: spend(range),
      caps: caps.caps(),
      capped:
        reached === null
          ? null
          : { cap: reached.cap, until: new Date(reached.until).toISOString(), waiting_jobs: waiting.get() ?? 0 },
      groups: { day: group('day'), model: group('model'), project: group('project'), purpose: group('purpose') },
    };
  }

  return {
    costOverview: (request: { range: CallRange; now: number }): Spending => db.snapshot(() => overview(request)),
    modelCalls: (request: { job_id?: string | undefined; cursor?: string | undefined; limit: number }) =>
      db.snapshot(() => calls.list(request)),
    modelHasRead: (about: Parameters<typeof isRead>[0]) => isRead(about),
    ownPrices: () => prices.all(),
    /** The cap that left no room last; null when there is money. */
    reachedCap: (now: number): ReachedCap | null => caps.reached(now),
    /** What is left of each cap, in US dollars; null without one. */
    moneyLeft(now: number): { day: number | null; month: number | null } {
      const { day_usd, month_usd }: CostCaps = caps.caps();
      const left = (cap: number | null, start: number) =>
        cap === null ? null : Math.max(0, cap - since(start).cost_usd);
      return { day: left(day_usd, dayOf(now).start), month: left(month_usd, monthOf(now).start) };
    },
    unsummarised: (request: { projectId: string | null; since: number | null }) => unsummarised.sizes(request),
  };
}
