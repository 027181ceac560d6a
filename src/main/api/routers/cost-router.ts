import {
  callListInput,
  capsInput,
  costInput,
  estimateInput,
  modelNameInput,
  priceInput,
} from '../understanding-schemas.ts';
import { procedure, router } from '../trpc.ts';

export const costRouter = router({
  overview: procedure.input(costInput).query(({ ctx, input }) => ctx.services.costs.overview(input)),
  calls: procedure.input(callListInput).query(({ ctx, input }) => ctx.services.costs.calls(input)),
  setCaps: procedure.input(capsInput).mutation(({ ctx, input }) => ctx.services.costs.setCaps(input)),
  prices: procedure.query(({ ctx }) => ctx.services.costs.prices()),
  setPrice: procedure.input(priceInput).mutation(({ ctx, input }) => ctx.services.costs.setPrice(input)),
  resetPrice: procedure.input(modelNameInput).mutation(({ ctx, input }) => ctx.services.costs.resetPrice(input.model)),
  estimate: procedure.input(estimateInput).query(({ ctx, input }) => ctx.services.costs.estimate(input)),
});
