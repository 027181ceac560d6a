import { projectsOutput } from '../outputs/session-outputs.ts';
import { procedure, router } from '../trpc.ts';

export const projectRouter = router({
  list: procedure
    .meta({
      summary: 'Projects, the last active first.',
      tag: 'projects',
      scope: 'read',
      rest: { method: 'GET', path: '/projects' },
    })
    .output(projectsOutput)
    .query(({ ctx }) => ctx.services.read.listProjects()),
});
