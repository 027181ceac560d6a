import { backupOutput, backupsOutput, maintenanceReportsOutput } from '../outputs/health-outputs.ts';
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
    .query(({ ctx }) => ctx.services.admin.backups()),
  backUp: procedure
    .meta({
      summary: 'Makes a copy of the memory now.',
      tag,
      scope: 'admin',
      rest: { method: 'POST', path: '/admin/backups', status: 201 },
    })
    .output(backupOutput)
    .mutation(({ ctx }) => ctx.services.admin.backUp()),
  maintain: procedure
    .meta({
      summary: 'Checks and tidies the file of the memory.',
      tag,
      scope: 'admin',
      rest: { method: 'POST', path: '/admin/maintenance' },
    })
    .input(maintainInput)
    .output(maintenanceReportsOutput)
    .mutation(({ ctx, input }) => ctx.services.admin.maintain(input.tasks)),
});
