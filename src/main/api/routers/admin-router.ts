import { backupFor, reportFor } from '../machine-paths.ts';
import { backupOutput, backupsOutput, handOverOutput, maintenanceReportsOutput } from '../outputs/health-outputs.ts';
import { maintainInput } from '../record-schemas.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'admin';

export const adminRouter = router({
  backups: procedure
    .meta({
      summary: 'Copies of the memory that were made, newest first.',
      tag,
      scope: 'admin',
      rest: { method: 'GET', path: '/admin/backups' },
    })
    .output(backupsOutput)
    .query(async ({ ctx }) => (await ctx.services.admin.backups()).map((backup) => backupFor(ctx.caller, backup))),
  backUp: procedure
    .meta({
      summary: 'Makes a copy of the memory now.',
      tag,
      scope: 'admin',
      rest: { method: 'POST', path: '/admin/backups', status: 201 },
    })
    .output(backupOutput)
    .mutation(async ({ ctx }) => backupFor(ctx.caller, await ctx.services.admin.backUp())),
  maintain: procedure
    .meta({
      summary: 'Checks and tidies the file of the memory.',
      tag,
      scope: 'admin',
      rest: { method: 'POST', path: '/admin/maintenance' },
    })
    .input(maintainInput)
    .output(maintenanceReportsOutput)
    .mutation(async ({ ctx, input }) =>
      (await ctx.services.admin.maintain(input.tasks)).map((report) => reportFor(ctx.caller, report)),
    ),
  handOver: procedure
    .meta({
      summary: 'Asks a worker that an agent started to stop in order, so that another one can open the memory.',
      tag,
      scope: 'owner',
      rest: { method: 'POST', path: '/admin/hand-over', status: 202 },
    })
    .output(handOverOutput)
    .mutation(({ ctx }) => ctx.services.admin.handOver()),
});
