import { jobsOutput } from '../outputs/job-outputs.ts';
import { agingPolicyOutput, agingReportOutput } from '../outputs/upkeep-outputs.ts';
import { agingPolicyInput } from '../understanding-schemas.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'admin';

export const upkeepRouter = router({
  policy: procedure
    .meta({
      summary: 'How memory ages, and what may be done about it.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/upkeep/policy' },
    })
    .output(agingPolicyOutput)
    .query(({ ctx }) => ctx.services.upkeep.policy()),
  setPolicy: procedure
    .meta({
      summary: 'Says how memory ages, and what may be done about it.',
      tag,
      scope: 'admin',
      rest: { method: 'PUT', path: '/upkeep/policy' },
    })
    .input(agingPolicyInput)
    .output(agingPolicyOutput)
    .mutation(({ ctx, input }) => ctx.services.upkeep.setPolicy(input)),
  report: procedure
    .meta({
      summary: 'What a run of upkeep would do now.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/upkeep/report' },
    })
    .output(agingReportOutput)
    .query(({ ctx }) => ctx.services.upkeep.report()),
  run: procedure
    .meta({
      summary: 'Queues a run of upkeep.',
      tag,
      scope: 'admin',
      rest: { method: 'POST', path: '/upkeep/run', status: 202 },
    })
    .output(jobsOutput)
    .mutation(({ ctx }) => ctx.services.upkeep.run()),
});
