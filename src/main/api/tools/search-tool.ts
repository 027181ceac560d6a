import { z } from 'zod';
import { observationTypes } from '../../../shared/views.ts';
import { builtInTool } from './built-in-tool.ts';
import { findProject } from './find-project.ts';
import { clausesNotUnderstood } from './not-understood.ts';
import { cursorField, indexLine, indexRow, limitField, projectField, timeField, toIndexRow } from './tool-fields.ts';
import { oneLine } from './tool-text.ts';

const known = z.object({ kind: z.enum(['learning', 'memory']), id: z.string(), text: z.string() });

export const searchTool = builtInTool({
  name: 'search',
  title: 'Search the memory',
  description:
    'Finds what happened in earlier sessions: work, commands, failures, decisions. Start here. Answers with an index, one ' +
    'short line a hit; then call timeline for what was around a hit, or get_observations for the details of the few that matter. ' +
    'The query takes words, "exact phrases", -not, and file:, tool:, type:, since: and the like; English and Chinese.',
  input: z.object({
    query: z.string().trim().min(1).max(10_000).describe('What to look for: words, a question, an error message.'),
    project: projectField.optional(),
    types: z.array(z.enum(observationTypes)).min(1).max(11).optional().describe('Only these types.'),
    failed: z.boolean().optional().describe('true: only what failed.'),
    since: timeField.optional(),
    until: timeField.optional(),
    limit: limitField(40, 15),
    cursor: cursorField.optional(),
  }),
  output: z.object({
    total: z.int(),
    hits: z.array(indexRow),
    known: z.array(known).describe('What is believed or was to be remembered about it.'),
    not_understood: z
      .array(z.object({ text: z.string(), message: z.string() }))
      .describe('Parts of the query that filter nothing, and what would.'),
    did_you_mean: z.string().nullable(),
    next_cursor: z.string().nullable(),
  }),
  scope: 'read',
  readOnly: true,
  destructive: false,
  idempotent: true,
  operations: ['projects.list', 'search.query'],
  async run(ctx, { query, project, types, failed, since, until, limit, cursor }) {
    const within = await findProject(ctx, project);
    const answer = await ctx.services.search.query({
      text: query,
      filters: { project_id: within?.id, types, failed, since, until },
      mode: 'mixed',
      fusion: 'mass',
      limit,
      cursor,
    });
    const hits = answer.hits.map(({ observation }) => toIndexRow(observation, within === null));
    const believed = answer.known.map(({ kind, id, text }) => ({ kind, id, text: oneLine(text, 240) }));
    const notUnderstood = await clausesNotUnderstood(ctx, answer.query);
    const lines = [
      ...notUnderstood.map(({ text, message }) => `Not understood: ${text} ${message}`),
      answer.total === 0
        ? 'Nothing was found.'
        : `${hits.length} of ${answer.total}${answer.truncated ? '+' : ''} hits:`,
      ...hits.map(indexLine),
    ];
    if (believed.length > 0) lines.push('Known about it:');
    lines.push(...believed.map(({ kind, id, text }) => `- ${kind} ${id}: ${text}`));
    if (answer.did_you_mean !== null) lines.push(`Did you mean: ${oneLine(answer.did_you_mean, 200)}`);
    if (answer.next_cursor !== null) lines.push(`More with cursor ${answer.next_cursor}`);
    return {
      structured: {
        total: answer.total,
        hits,
        known: believed,
        not_understood: notUnderstood,
        did_you_mean: answer.did_you_mean === null ? null : oneLine(answer.did_you_mean, 200),
        next_cursor: answer.next_cursor,
      },
      text: lines.join('\n'),
    };
  },
});
