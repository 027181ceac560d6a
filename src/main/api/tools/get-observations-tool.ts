import { z } from 'zod';
import { observationTypes, type ObservationDetail } from '../../../shared/views.ts';
import { builtInTool } from './built-in-tool.ts';
import { idField } from './tool-fields.ts';
import { cut, jsonSize, minuteOf, oneLine, usualSize } from './tool-text.ts';

const detail = z.object({
  id: z.string(),
  at: z.string(),
  type: z.enum(observationTypes),
  session_id: z.string(),
  project: z.string(),
  title: z.string(),
  tool: z.string().optional(),
  failed: z.literal(true).optional(),
  facts: z.array(z.string()).optional(),
  files_read: z.array(z.string()).optional(),
  files_changed: z.array(z.string()).optional(),
  narrative: z.string().optional(),
  error: z.string().optional(),
  input: z.string().optional().describe('What the tool was called with, as JSON.'),
  result: z.string().optional().describe('What it gave, as JSON or text.'),
});
type Detail = z.output<typeof detail>;

export const getObservationsTool = builtInTool({
  name: 'get_observations',
  title: 'Details of observations',
  description:
    'Everything that is kept of up to 20 observations, by ids from search or timeline: facts, files, what a tool was called ' +
    'with and what it gave, errors. Ask for few; long values are cut (…) to max_characters for all together.',
  input: z.object({
    ids: z.array(idField).min(1).max(20).describe('Ids from search or timeline.'),
    max_characters: z
      .number()
      .int()
      .min(1_000)
      .max(60_000)
      .default(usualSize)
      .describe('Size of the whole answer; raise it to see more of long values.'),
  }),
  output: z.object({ observations: z.array(detail), missing: z.array(z.string()) }),
  scope: 'read',
  readOnly: true,
  destructive: false,
  idempotent: true,
  operations: ['observations.get'],
  async run({ services }, { ids, max_characters: most }) {
    const wanted = [...new Set(ids)];
    const found = await Promise.all(wanted.map((id) => services.read.getObservation(id)));
    const missing = wanted.filter((_, index) => found[index] === null);
    const known = found.filter((observation) => observation !== null);
    const share = Math.floor((most - jsonSize(missing)) / Math.max(1, known.length));
    const observations = known.map((observation) => toDetail(observation, share));
    const text = [...observations.map(toText), ...(missing.length > 0 ? [`Not there: ${missing.join(', ')}`] : [])];
    return { structured: { observations, missing }, text: text.join('\n\n') };
  },
});

/** What says most in few words comes first; what a tool was given and gave takes the room that is left. */
function toDetail(view: ObservationDetail, share: number): Detail {
  const row: Detail = {
    id: view.id,
    at: minuteOf(view.occurred_at),
    type: view.type,
    session_id: view.session_id,
    project: oneLine(view.project.name, 60),
    title: oneLine(view.title, 160),
    ...(view.tool === null ? {} : { tool: oneLine(view.tool, 100) }),
    ...(view.failed ? { failed: true } : {}),
  };
  // A quote or a line break costs two characters in JSON.
  const room = () => Math.floor((share - jsonSize(row)) * 0.85);
  const put = (name: 'narrative' | 'error' | 'input' | 'result', value: string | null, most: number) => {
    const size = Math.min(most, room() - name.length - 6);
    if (value !== null && value !== '' && size > 20) row[name] = shortened(value, size);
  };
  const list = (name: 'facts' | 'files_read' | 'files_changed', values: readonly string[], most: number) => {
    const each = Math.floor(Math.min(most, room()) / Math.max(1, Math.min(values.length, 10)));
    if (values.length > 0 && each > 30) row[name] = values.slice(0, 10).map((value) => shortened(value, each - 4));
  };
  list('facts', view.facts, share / 4);
  put('error', view.error, share / 4);
  list('files_changed', view.files_changed, share / 6);
  list('files_read', view.files_read, share / 8);
  put('narrative', view.narrative, share / 2);
  put('input', asText(view.input), room() / 2);
  put('result', asText(view.result) === view.narrative ? null : asText(view.result), room());
  return row;
}

/** Cut so that it has this size in JSON, where a line break or a quote is two characters and a control character six. */
function shortened(value: string, size: number): string {
  let text = cut(value, size);
  while (jsonSize(text) > size + 2 && text.length > 20) text = cut(value, Math.floor(text.length * 0.8));
  return text;
}

function asText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function toText(row: Detail): string {
  const head = `## ${row.title}\n${row.id} · ${row.at} · ${row.type}${row.failed === true ? ' · FAILED' : ''} · ${row.project} · session ${row.session_id}`;
  const lists = [
    ...(row.facts ?? []).map((fact) => `- ${fact}`),
    ...(row.files_changed === undefined ? [] : [`Changed: ${row.files_changed.join(', ')}`]),
    ...(row.files_read === undefined ? [] : [`Read: ${row.files_read.join(', ')}`]),
  ];
  const texts = (['narrative', 'error', 'input', 'result'] as const).flatMap((name) => {
    const value = row[name];
    return value === undefined ? [] : [name === 'narrative' ? value : `${name}: ${value}`];
  });
  return [head, ...lists, ...texts].join('\n');
}
