import type { z } from 'zod';
import { found } from '../found.ts';
import { jobOutput } from '../outputs/job-outputs.ts';
import { summariesOutput, summaryOutput, summaryPageOutput } from '../outputs/summary-outputs.ts';
import { idInput } from '../schemas.ts';
import { regenerateInput, summaryListInput } from '../understanding-schemas.ts';
import { procedure, router } from '../trpc.ts';

const tag = 'summaries';

export const summaryRouter = router({
  list: procedure
    .meta({
      summary: 'Current summaries, newest first; of a session, oldest first.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/summaries' },
    })
    .input(summaryListInput)
    .output(summaryPageOutput)
    .query(({ ctx, input }) => ctx.services.summaries.list(input)),
  get: procedure
    .meta({ summary: 'One summary.', tag, scope: 'read', rest: { method: 'GET', path: '/summaries/{id}' } })
    .input(idInput)
    .output(summaryOutput)
    .query(async ({ ctx, input }) => found(await ctx.services.summaries.get(input.id), 'summary', input.id)),
  versions: procedure
    .meta({
      summary: 'All versions of a summary, newest first.',
      tag,
      scope: 'read',
      rest: { method: 'GET', path: '/summaries/{id}/versions' },
    })
    .input(idInput)
    .output(summariesOutput)
    .query(async ({ ctx, input }) => found(await ctx.services.summaries.versions(input.id), 'summary', input.id)),
  regenerate: procedure
    .meta({
      summary: "Queues a new version of a turn's, a session's or a week's summary.",
      tag,
      scope: 'spend',
      target: 'session_id',
      rest: { method: 'POST', path: '/summaries', status: 202 },
    })
    .input(regenerateInput)
    .output(jobOutput)
    .mutation(async ({ ctx, input }) => {
      const [what, id] = targetOf(input);
      return found(await ctx.services.summaries.regenerate(input), what, id);
    }),
  choose: procedure
    .meta({
      summary: 'Makes an older version the current one.',
      tag,
      scope: 'write',
      target: 'id',
      rest: { method: 'POST', path: '/summaries/{id}/choose' },
    })
    .input(idInput)
    .output(summaryOutput)
    .mutation(async ({ ctx, input }) => found(await ctx.services.summaries.choose(input.id), 'summary', input.id)),
});

/** What is summed up, as a sentence calls it. */
function targetOf({ scope, prompt_id, session_id, project_id }: z.output<typeof regenerateInput>): [string, string] {
  if (scope === 'turn') return ['prompt', prompt_id ?? ''];
  return scope === 'session' ? ['session', session_id ?? ''] : ['project', project_id ?? ''];
}
