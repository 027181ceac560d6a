import { TRPCError } from '@trpc/server';
import type { CostService } from '../../api/understanding-services.ts';
import { defaultPrices, priceOf, type NamedPrice } from '../../ai/prices.ts';
import type { CostOverview, PriceView } from '../../../shared/cost-views.ts';
import { modelTiers } from '../../../shared/model-views.ts';
import type { Reader } from '../reader-pool.ts';
import { withPage } from '../with-page.ts';
import type { WriterClient } from '../writer-client.ts';
import { estimateOf } from './cost-estimate.ts';
import { billingOf, type ModelSource } from './model-gateway.ts';

export interface CostServiceParts {
  reader: Pick<Reader, 'call'>;
  /** For the estimate, which reads all sessions. */
  intake: Pick<Reader, 'call'>;
  writer: Pick<WriterClient, 'call'>;
  models: Pick<ModelSource, 'settings' | 'modelFor'>;
  /** What waits for money may look again. */
  onRoom(): Promise<void>;
}

/** What was spent, on what, and what may be. */
export function createCostService({ reader, intake, writer, models, onRoom }: CostServiceParts): CostService {
  /** Null where no model of that tier is named. */
  function modelOf(tier: (typeof modelTiers)[number]): string | null {
    try {
      return models.settings().kind === 'none' ? null : models.modelFor(tier);
    } catch {
      return null;
    }
  }

  async function unpricedModels(): Promise<string[]> {
    if (billingOf(models.settings()) !== 'priced') return [];
    const own = await reader.call('ownPrices');
    const named = new Set(modelTiers.map(modelOf).filter((name) => name !== null));
    return [...named].filter((name) => priceOf(name, own) === null);
  }

  async function overview(request: Parameters<CostService['overview']>[0]): Promise<CostOverview> {
    const time = (iso: string | undefined) => (iso === undefined ? null : Date.parse(iso));
    const range = { since: time(request.since), until: time(request.until), projectId: request.project_id ?? null };
    const spending = await reader.call('costOverview', { range, now: Date.now() });
    return { ...spending, unpriced_models: await unpricedModels() };
  }

  async function prices(): Promise<PriceView[]> {
    const own = await reader.call('ownPrices');
    const names = new Set(own.map(({ model }) => model));
    return [
      ...own.map((price) => toView(price, true)),
      ...defaultPrices.filter(({ model }) => !names.has(model)).map((price) => toView(price, false)),
    ].toSorted((one, other) => (one.model < other.model ? -1 : 1));
  }

  return {
    overview,
    calls: (request) => withPage(reader.call('modelCalls', request)),
    async setCaps(caps) {
      await writer.call('setCostCaps', { caps, at: Date.now() });
      await onRoom();
      return overview({});
    },
    prices,
    async setPrice({ model, input, output, cache_read: cacheRead, cache_write: cacheWrite }) {
      await writer.call('setModelPrice', {
        price: { model, input, output, cacheRead, cacheWrite },
        at: Date.now(),
      });
      await onRoom();
      return prices();
    },
    async resetPrice(model) {
      await writer.call('resetModelPrice', { model, at: Date.now() });
      await onRoom();
      return prices();
    },
    async estimate({ project_id, since }) {
      const settings = models.settings();
      const [found, own, left] = await Promise.all([
        intake.call('unsummarised', {
          projectId: project_id ?? null,
          since: since === undefined ? null : Date.parse(since),
        }),
        reader.call('ownPrices'),
        reader.call('moneyLeft', Date.now()),
      ]);
      return estimateOf(found, {
        settings,
        modelFor(tier) {
          const name = modelOf(tier);
          if (name !== null) return name;
          throw new TRPCError({ code: 'PRECONDITION_FAILED', message: 'Name the model that is to be asked.' });
        },
        ownPrices: own,
        isFree: billingOf(settings) === 'free',
        left,
      });
    },
  };
}

function toView(price: NamedPrice, edited: boolean): PriceView {
  const { model, input, output, cacheRead, cacheWrite } = price;
  return { model, input, output, cache_read: cacheRead, cache_write: cacheWrite, edited };
}
