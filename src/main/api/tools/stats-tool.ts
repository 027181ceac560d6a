import { z } from 'zod';
import { builtInTool } from './built-in-tool.ts';
import { findProject } from './find-project.ts';
import { projectField } from './tool-fields.ts';
import { minuteOf } from './tool-text.ts';

export const statsTool = builtInTool({
  name: 'stats',
  title: 'The memory in numbers',
  description:
    'How much is remembered: sessions, observations, failures, learnings, memories, since when. Of a project or of all.',
  input: z.object({ project: projectField.optional() }),
  output: z.object({
    project: z.string().nullable(),
    sessions: z.int(),
    active_sessions: z.int(),
    observations: z.int(),
    failures: z.int(),
    summaries: z.int(),
    learnings_approved: z.int(),
    learnings_proposed: z.int(),
    memories: z.int(),
    projects: z.int(),
    first: z.string().nullable(),
    last: z.string().nullable(),
  }),
  scope: 'read',
  readOnly: true,
  destructive: false,
  idempotent: true,
  operations: ['projects.list', 'stats.overview'],
  async run(ctx, { project }) {
    const within = await findProject(ctx, project);
    const overview = await ctx.services.stats.overview({ project_id: within?.id });
    const { sessions, active_sessions, observations, failures, summaries, learnings, memories, projects } = overview;
    const first = overview.first_event_at === null ? null : minuteOf(overview.first_event_at);
    const last = overview.last_event_at === null ? null : minuteOf(overview.last_event_at);
    return {
      structured: {
        project: within?.name ?? null,
        sessions,
        active_sessions,
        observations,
        failures,
        summaries,
        memories,
        projects,
        first,
        last,
        learnings_approved: learnings.approved,
        learnings_proposed: learnings.proposed,
      },
      text: [
        `${sessions} sessions (${active_sessions} active), ${observations} observations (${failures} failed), ${summaries} summaries`,
        `${learnings.approved} learnings approved, ${learnings.proposed} proposed; ${memories} memories; ${projects} projects`,
        first === null ? 'Nothing was recorded yet.' : `From ${first} to ${last ?? first} UTC`,
      ].join('\n'),
    };
  },
});
