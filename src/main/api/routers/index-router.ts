import { procedure, router } from '../trpc.ts';

export const indexRouter = router({
  check: procedure.query(({ ctx }) => ctx.services.indexes.check()),
  mend: procedure.mutation(({ ctx }) => ctx.services.indexes.mend()),
});
