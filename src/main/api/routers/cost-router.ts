import { costEstimateOutput, costOverviewOutput, modelCallPageOutput, pricesOutput } from '../outputs/cost-outputs.ts';
import {
  callListInput,
  capsInput,
  costInput,
  estimateInput,
  modelNameInput,
  priceInput,
} from '../understanding-schemas.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'costs';

export const costRouter = router({
  overview: procedure
    .meta({
      summary: 'What models cost: today, this month, and by day, model, project and purpose.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/costs' },
    })
    .input(costInput)
    .output(costOverviewOutput)
    .query(({ ctx, input }) => ctx.services.costs.overview(input)),
  calls: procedure
    .meta({
      summary: 'Calls to models, newest first.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/costs/calls' },
    })
    .input(callListInput)
    .output(modelCallPageOutput)
    .query(({ ctx, input }) => ctx.services.costs.calls(input)),
  setCaps: procedure
    .meta({
      summary: 'Sets how much a day and a month may cost.',
      tag,
      scope: 'admin',
      rest: { method: 'PUT', path: '/costs/caps' },
    })
    .input(capsInput)
    .output(costOverviewOutput)
    .mutation(({ ctx, input }) => ctx.services.costs.setCaps(input)),
  prices: procedure
    .meta({
      summary: 'What models cost for a million tokens.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/costs/prices' },
    })
    .output(pricesOutput)
    .query(({ ctx }) => ctx.services.costs.prices()),
  setPrice: procedure
    .meta({
      summary: 'Sets the price of a model.',
      tag,
      scope: 'admin',
      target: 'model',
      rest: { method: 'PUT', path: '/costs/prices' },
    })
    .input(priceInput)
    .output(pricesOutput)
    .mutation(({ ctx, input }) => ctx.services.costs.setPrice(input)),
  resetPrice: procedure
    .meta({
      summary: "Goes back to the list's price of a model, or to none.",
      tag,
      scope: 'admin',
      target: 'model',
      rest: { method: 'DELETE', path: '/costs/prices/{model}' },
    })
    .input(modelNameInput)
    .output(pricesOutput)
    .mutation(({ ctx, input }) => ctx.services.costs.resetPrice(input.model)),
  estimate: procedure
    .meta({
      summary: 'What summaries and learnings of the sessions that have none of a model would cost.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/costs/estimate' },
    })
    .input(estimateInput)
    .output(costEstimateOutput)
    .query(({ ctx, input }) => ctx.services.costs.estimate(input)),
});
