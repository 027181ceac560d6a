import { z } from 'zod';
import { learningCategories, learningScopes, learningStates } from '../../../shared/learning-views.ts';
import { builtInTool } from './built-in-tool.ts';
import { findProject } from './find-project.ts';
import { cursorField, limitField, projectField, tagsField } from './tool-fields.ts';
import { fitting, oneLine } from './tool-text.ts';

export const listLearningsTool = builtInTool({
  name: 'list_learnings',
  title: 'List learnings',
  description:
    'What was learned and holds: rules, pitfalls, conventions, preferences, decisions. Approved ones unless states says otherwise; ' +
    'proposed ones wait for a person and are not to be relied on.',
  input: z.object({
    project: projectField.optional(),
    states: z.array(z.enum(learningStates)).min(1).max(5).default(['approved']),
    categories: z.array(z.enum(learningCategories)).min(1).max(8).optional(),
    tags: tagsField.min(1).optional().describe('Only those that have all of these.'),
    text: z.string().trim().min(1).max(500).optional().describe('Words of the statement.'),
    limit: limitField(40, 20),
    cursor: cursorField.optional(),
  }),
  output: z.object({
    total: z.int(),
    learnings: z.array(
      z.object({
        id: z.string(),
        category: z.enum(learningCategories),
        state: z.enum(learningStates),
        statement: z.string(),
        tags: z.array(z.string()).optional(),
        scope: z.enum(learningScopes),
        project: z.string().optional(),
        path: z.string().optional(),
      }),
    ),
    next_cursor: z.string().nullable(),
  }),
  scope: 'read',
  readOnly: true,
  destructive: false,
  idempotent: true,
  operations: ['projects.list', 'learnings.list'],
  async run(ctx, { project, ...request }) {
    const within = await findProject(ctx, project);
    const page = await ctx.services.learnings.list({ ...request, project_id: within?.id, order: 'confidence' });
    // All of them are to fit into one answer.
    const share = (all: number) => Math.floor(all / Math.max(8, page.data.length));
    const sizeOf = (tag: string) => tag.length + 3;
    const learnings = page.data.map((learning) => {
      const short = learning.tags.map((tag) => oneLine(tag, 40));
      const tags = fitting(short, sizeOf, share(1_200));
      const taken = tags.reduce((sum, tag) => sum + sizeOf(tag), 0);
      return {
        id: learning.id,
        category: learning.category,
        state: learning.state,
        statement: oneLine(learning.statement, Math.max(80, share(5_200) - taken)),
        ...(tags.length === 0 ? {} : { tags }),
        scope: learning.scope,
        ...(learning.project === null || within !== null ? {} : { project: oneLine(learning.project.name, 40) }),
        ...(learning.path === null ? {} : { path: oneLine(learning.path, 60) }),
      };
    });
    const { total, next_cursor } = page.pagination;
    const lines = learnings.map(({ id, category, state, statement, tags = [], path }) => {
      const asked = state === 'approved' ? '' : ` [${state}]`;
      const said = [statement, ...tags.map((tag) => `#${tag}`)].join(' ');
      return `- ${category}${asked}: ${said}${path === undefined ? '' : ` (in ${path})`} ${id}`;
    });
    const head = total === 0 ? 'There are no such learnings.' : `${learnings.length} of ${total} learnings:`;
    const more = next_cursor === null ? [] : [`More with cursor ${next_cursor}`];
    return { structured: { total, learnings, next_cursor }, text: [head, ...lines, ...more].join('\n') };
  },
});
