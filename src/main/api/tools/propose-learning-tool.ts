import { z } from 'zod';
import { learningCategories, learningScopes, learningStates } from '../../../shared/learning-views.ts';
import { builtInTool } from './built-in-tool.ts';
import { findProject } from './find-project.ts';
import { idField, projectField, tagsField } from './tool-fields.ts';
import { oneLine } from './tool-text.ts';

export const proposeLearningTool = builtInTool({
  name: 'propose_learning',
  title: 'Propose a learning',
  description:
    'Proposes something that future sessions should know: a pitfall that cost time, how this project is built and tested, a ' +
    'preference of the user. One sentence that stands by itself. A person reviews it; until then it is not handed to anybody.',
  input: z.object({
    statement: z.string().trim().min(3).max(500),
    category: z.enum(learningCategories),
    detail: z.string().trim().max(4_000).optional().describe('Steps, reasons, the error.'),
    tags: tagsField.default([]),
    scope: z.enum(learningScopes).default('project').describe('path: below one folder or file of the project.'),
    project: projectField.optional().describe('Needed unless scope is global: id, name, or your working directory.'),
    path: z.string().trim().min(1).max(1_000).optional().describe("Below the project's root; for scope path."),
    session_id: idField.optional().describe('The session that it was learned in.'),
  }),
  output: z.object({
    id: z.string(),
    state: z.enum(learningStates),
    statement: z.string(),
    tags: z.array(z.string()),
  }),
  scope: 'write',
  readOnly: false,
  destructive: false,
  idempotent: true,
  operations: ['projects.list', 'learnings.propose'],
  async run(ctx, { project, ...learning }) {
    const within = await findProject(ctx, project, learning.scope !== 'global');
    const proposed = await ctx.services.learnings.propose({
      ...learning,
      project_id: learning.scope === 'global' ? undefined : within?.id,
    });
    const { id, state, tags } = proposed;
    const statement = oneLine(proposed.statement, 500);
    const said =
      state === 'proposed'
        ? `Proposed as ${id}; a person reviews it.`
        : `This was ${state} before (${id}); nothing was changed.`;
    return { structured: { id, state, statement, tags }, text: `${said}\n${statement}` };
  },
});
