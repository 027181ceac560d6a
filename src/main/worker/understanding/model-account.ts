import { priceOf } from '../../ai/prices.ts';
import type { CostService } from '../../api/understanding-services.ts';
import type { Reader } from '../reader-pool.ts';
import { billingOf } from './model-gateway.ts';
import type { ModelAccount } from './model-service.ts';
import type { PaidCalls } from './paid-calls.ts';

/** Some of the newest calls may still be under way. */
const looksBack = 20;

/** What the models' page needs to know of money. */
export function createModelAccount(parts: {
  reader: Pick<Reader, 'call'>;
  paid: Pick<PaidCalls, 'complete'>;
  /** Later, since costs want to know the models' names. */
  costs: () => Pick<CostService, 'calls' | 'overview'>;
}): ModelAccount {
  const { reader, paid, costs } = parts;
  return {
    async newestCall() {
      const { data } = await costs().calls({ limit: looksBack });
      return data.find(({ state, purpose }) => state !== 'sent' && purpose !== 'test') ?? null;
    },
    isCapped: async () => (await costs().overview({})).capped !== null,
    async test(provider, request, settings, signal) {
      const billing = billingOf(settings);
      // A model without a price can be tried, so that a person need not look one up for a model that does not work.
      const isPriced = billing !== 'priced' || priceOf(request.model, await reader.call('ownPrices')) !== null;
      const account = {
        purpose: 'test' as const,
        jobId: null,
        projectPk: null,
        billing: isPriced ? billing : ('said' as const),
      };
      const { text, model, paidUsd, usage } = await paid.complete(provider, request, account, signal);
      return { text, model, costUsd: isPriced ? paidUsd : usage.costUsd };
    },
  };
}
