import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { found } from '../found.ts';
import { builtInTool } from './built-in-tool.ts';
import { findProject } from './find-project.ts';
import { projectField } from './tool-fields.ts';
import { cut, usualSize } from './tool-text.ts';

export const recallContextTool = builtInTool({
  name: 'recall_context',
  title: 'Recall the context of a project',
  description:
    'What an agent that begins now should know of a project: rules, open threads, the last sessions. With prompt, what is known ' +
    'about that; with file, the history of that file. Use it when a session starts without context, or after a change of folder.',
  input: z.object({
    project: projectField,
    prompt: z.string().trim().min(1).max(10_000).optional(),
    file: z
      .string()
      .trim()
      .min(1)
      .max(1_000)
      .optional()
      .describe('A path in the project: absolute, or below its root.'),
  }),
  output: z.object({ text: z.string(), project: z.string(), tokens: z.int(), left_out: z.int() }),
  scope: 'read',
  readOnly: true,
  destructive: false,
  idempotent: true,
  operations: ['projects.list', 'context.preview'],
  async run(ctx, { project, prompt, file }) {
    if (prompt !== undefined && file !== undefined) {
      throw new TRPCError({ code: 'BAD_REQUEST', message: 'Give prompt or file, not both.' });
    }
    const within = found(await findProject(ctx, project, true), 'project', project);
    const kind = prompt === undefined ? (file === undefined ? 'startup' : 'file') : 'prompt';
    const preview = found(
      await ctx.services.context.preview({ project_id: within.id, kind, prompt, file }),
      'project',
      within.id,
    );
    const text = cut(preview.text, usualSize - 500);
    return {
      structured: { text, project: within.name, tokens: preview.tokens, left_out: preview.left_out },
      text: text === '' ? `Nothing is known of ${within.name} for that.` : text,
    };
  },
});
