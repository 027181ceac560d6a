import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { builtInTool } from './built-in-tool.ts';
import { findProject } from './find-project.ts';
import { idField, projectField } from './tool-fields.ts';
import { fitting, oneLine, usualSize } from './tool-text.ts';

export const forgetTool = builtInTool({
  name: 'forget',
  title: 'Forget',
  description:
    'Forgets what was kept by remember: one memory by id, or all that say what text says. Shows first what it would forget; ' +
    'call it again with dry_run false once the user agrees. A person can take it back.',
  input: z.object({
    id: idField.optional().describe('Of the memory.'),
    text: z.string().trim().min(1).max(2_000).optional().describe('What the memories say that are to be forgotten.'),
    project: projectField.optional(),
    dry_run: z.boolean().default(true).describe('true: only show what would be forgotten.'),
  }),
  output: z.object({
    dry_run: z.boolean(),
    count: z.int(),
    memories: z.array(z.object({ id: z.string(), text: z.string() })),
  }),
  scope: 'write',
  readOnly: false,
  destructive: true,
  idempotent: true,
  operations: ['projects.list', 'memories.forget'],
  async run(ctx, { id, text, project, dry_run }) {
    if ((id === undefined) === (text === undefined)) {
      throw new TRPCError({ code: 'BAD_REQUEST', message: 'Say what to forget: give either id or text.' });
    }
    const within = await findProject(ctx, project);
    const gone = await ctx.services.memories.forget({ id, text, project_id: within?.id, dry_run });
    const told = gone.map((memory) => ({ id: memory.id, text: oneLine(memory.text, 200) }));
    const memories = fitting(told, (memory) => memory.text.length + 60, usualSize - 1_000);
    const what = dry_run ? 'Would forget' : 'Forgot';
    const lines = memories.map((memory) => `- ${memory.id} ${memory.text}`);
    return {
      structured: { dry_run, count: gone.length, memories },
      text:
        gone.length === 0
          ? 'No memory says that; nothing was forgotten.'
          : [
              `${what} ${gone.length}:`,
              ...lines,
              ...(dry_run ? ['Nothing was changed yet. Call again with dry_run false to forget them.'] : []),
            ].join('\n'),
    };
  },
});
