import { agingPolicyInput } from '../understanding-schemas.ts';
import { procedure, router } from '../trpc.ts';

export const upkeepRouter = router({
  policy: procedure.query(({ ctx }) => ctx.services.upkeep.policy()),
  setPolicy: procedure.input(agingPolicyInput).mutation(({ ctx, input }) => ctx.services.upkeep.setPolicy(input)),
  report: procedure.query(({ ctx }) => ctx.services.upkeep.report()),
  run: procedure.mutation(({ ctx }) => ctx.services.upkeep.run()),
});
