import { z } from 'zod';
import { askSourceKinds } from '../../../shared/ask-views.ts';
import { builtInTool } from './built-in-tool.ts';
import { findProject } from './find-project.ts';
import { projectField, timeField } from './tool-fields.ts';
import { cut, oneLine } from './tool-text.ts';

export const askTool = builtInTool({
  name: 'ask',
  title: 'Ask the memory',
  description:
    'Answers a question from what was recorded, with its sources as [1], [2]. Slower than search and may use a model that costs ' +
    'money: use it for questions that need several sessions put together.',
  input: z.object({
    question: z.string().trim().min(1).max(4_000),
    project: projectField.optional(),
    since: timeField.optional(),
    until: timeField.optional(),
  }),
  output: z.object({
    answer: z.string(),
    mode: z.enum(['model', 'extractive', 'none']),
    sources: z.array(z.object({ number: z.int(), kind: z.enum(askSourceKinds), id: z.string(), title: z.string() })),
  }),
  scope: 'spend',
  readOnly: true,
  destructive: false,
  idempotent: false,
  operations: ['projects.list', 'ask.answer'],
  async run(ctx, { question, project, since, until }, signal) {
    const within = await findProject(ctx, project);
    const given = await ctx.services.ask.answer(
      { question, project_id: within?.id, since, until },
      signal,
      ctx.requestId,
    );
    const sources = given.sources
      .slice(0, 20)
      .map(({ number, kind, id, title }) => ({ number, kind, id, title: oneLine(title, 120) }));
    const answer = cut(given.text, 4_000);
    const lines = sources.map(({ number, kind, id, title }) => `[${number}] ${kind} ${id} ${title}`);
    return { structured: { answer, mode: given.mode, sources }, text: [answer, ...lines].join('\n') };
  },
});
