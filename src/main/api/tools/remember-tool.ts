import { z } from 'zod';
import { memoryTypes } from '../../../shared/note-views.ts';
import { builtInTool } from './built-in-tool.ts';
import { findProject } from './find-project.ts';
import { projectField } from './tool-fields.ts';
import { oneLine } from './tool-text.ts';

export const rememberTool = builtInTool({
  name: 'remember',
  title: 'Remember',
  description:
    'Keeps a text for later sessions, when the user asks to remember something. One fact, as a sentence that stands by itself; ' +
    'no secrets. With a project it holds there only. For a rule about how to work use propose_learning.',
  input: z.object({
    text: z.string().trim().min(1).max(20_000),
    project: projectField.optional(),
    type: z
      .enum(memoryTypes)
      .default('semantic')
      .describe('semantic: a fact; procedural: how something is done; episodic: what happened; working: for today.'),
    tags: z.array(z.string().trim().min(1).max(100)).max(20).default([]),
    importance: z.number().min(0).max(1).default(0.5),
  }),
  output: z.object({ id: z.string(), text: z.string(), project: z.string().nullable() }),
  scope: 'write',
  readOnly: false,
  destructive: false,
  idempotent: true,
  operations: ['projects.list', 'memories.remember'],
  async run(ctx, { project, ...memory }) {
    const within = await findProject(ctx, project);
    const kept = await ctx.services.memories.remember({ ...memory, metadata: {}, project_id: within?.id });
    const structured = { id: kept.id, text: oneLine(kept.text, 300), project: kept.project?.name ?? null };
    return { structured, text: `Remembered as ${structured.id}: ${structured.text}` };
  },
});
