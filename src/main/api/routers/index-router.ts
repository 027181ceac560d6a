import { indexReportOutput } from '../outputs/index-outputs.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'admin';

export const indexRouter = router({
  check: procedure
    .meta({
      summary: 'Compares the indexes with the rows they were made from; takes seconds for a large memory.',
      tag,
      scope: 'admin',
      rest: { method: 'GET', path: '/indexes' },
    })
    .output(indexReportOutput)
    .query(({ ctx }) => ctx.services.indexes.check()),
  mend: procedure
    .meta({
      summary: 'Indexes again what a check finds wrong.',
      tag,
      scope: 'admin',
      rest: { method: 'POST', path: '/indexes/mend' },
    })
    .output(indexReportOutput)
    .mutation(({ ctx }) => ctx.services.indexes.mend()),
});
