import { z } from 'zod';
import { memoryTypes } from '../../../shared/note-views.ts';
import { builtInTool } from './built-in-tool.ts';
import { findProject } from './find-project.ts';
import { projectField, tagsField } from './tool-fields.ts';
import { oneLine } from './tool-text.ts';

export const rememberTool = builtInTool({
  name: 'remember',
  title: 'Remember',
  description:
    'Keeps a text for later sessions, when the user asks to remember something. One fact, as a sentence that stands by itself; ' +
    'no secrets. With a project it holds there only. The same words again add what is new: tags, importance, type. For a rule ' +
    'about how to work use propose_learning.',
  input: z.object({
    text: z.string().trim().min(1).max(20_000),
    project: projectField.optional(),
    type: z
      .enum(memoryTypes)
      .optional()
      .describe(
        'semantic: a fact; procedural: how something is done; episodic: what happened; working: for today. Usually semantic.',
      ),
    tags: tagsField.optional(),
    importance: z.number().min(0).max(1).optional().describe('Usually 0.5.'),
  }),
  output: z.object({
    id: z.string(),
    text: z.string(),
    project: z.string().nullable(),
    tags: z.array(z.string()),
    importance: z.number(),
    is_new: z.boolean().describe('false: it was there before.'),
  }),
  scope: 'write',
  readOnly: false,
  destructive: false,
  idempotent: true,
  operations: ['projects.list', 'memories.remember'],
  async run(ctx, { project, ...memory }) {
    const within = await findProject(ctx, project);
    const kept = await ctx.services.memories.remember({ ...memory, project_id: within?.id });
    const { id, tags, importance } = kept;
    const is_new = kept.seen_count === 1;
    const text = oneLine(kept.text, 300);
    const structured = { id, text, project: kept.project?.name ?? null, tags, importance, is_new };
    const what = is_new ? 'Remembered as' : 'This was remembered before; what was new is added to';
    return { structured, text: `${what} ${id}: ${[text, ...tags.map((tag) => `#${tag}`)].join(' ')}` };
  },
});
