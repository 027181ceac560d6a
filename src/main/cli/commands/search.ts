import { fill } from '../../../shared/messages/fill.ts';
import {
  observationTypes,
  type ProjectView,
  type SearchAnswer,
  type SearchHit,
  type TextRange,
} from '../../../shared/views.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import type { CliContext } from '../cli-context.ts';
import { printable } from '../layout.ts';
import { styled } from '../terminal.ts';
import { parseTime, timeText } from '../values.ts';
import { connectWorker, type WorkerClient } from '../worker-client.ts';

export interface SearchOptions {
  project?: string;
  session?: string;
  type?: string[];
  tool?: string[];
  file?: string;
  since?: string;
  until?: string;
  failed?: boolean;
  limit?: string;
}

/** `cmem search`: what the memory holds about some words, best first. */
export async function searchCommand(
  context: CliContext,
  words: readonly string[],
  options: SearchOptions,
): Promise<number> {
  const query = words.join(' ');
  const filters = {
    session_id: options.session,
    types: options.type?.map((type) => knownType(type, context)),
    tools: options.tool,
    file: options.file,
    failed: options.failed,
    since: timeOption('--since', options.since, context),
    until: timeOption('--until', options.until, context),
  };
  const limit = limitOption(options.limit, context);
  const client = connectWorker(context);
  const project_id = options.project === undefined ? undefined : await projectId(client, options.project, context);
  const request = { text: query, filters: { ...filters, project_id }, limit };
  const answer = await client.call((api) => api.search.query.query(request));
  context.print(answer, () => readableAnswer(query, answer, context));
  return exitCodes.ok;
}

function usage(message: string, values: Record<string, string>): CliError {
  return new CliError('USAGE', fill(message, values), exitCodes.usage);
}

function knownType(value: string, { text }: CliContext) {
  const type = observationTypes.find((known) => known === value.toLowerCase());
  if (type === undefined) throw usage(text.errors.invalid_type, { value, known: observationTypes.join(', ') });
  return type;
}

function timeOption(option: string, value: string | undefined, { text }: CliContext): string | undefined {
  if (value === undefined) return undefined;
  const time = parseTime(value);
  if (time === null) throw usage(text.errors.invalid_time, { option, value });
  return time;
}

function limitOption(value: string | undefined, { text }: CliContext): number | undefined {
  if (value === undefined) return undefined;
  const limit = Number(value);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) throw usage(text.errors.invalid_limit, { value });
  return limit;
}

/** A project by id, or by its name when only one has it. */
async function projectId(client: WorkerClient, value: string, { text }: CliContext): Promise<string> {
  const projects = await client.call((api) => api.projects.list.query());
  const matches = projects.filter(({ id, name }) => id === value || name.toLowerCase() === value.toLowerCase());
  const names = (list: ProjectView[]) => list.map(({ id, name }) => `${name} (${id})`).join(', ') || text.errors.none;
  const [match, another] = matches;
  if (match === undefined) {
    throw new CliError('UNKNOWN_PROJECT', fill(text.errors.unknown_project, { value, known: names(projects) }));
  }
  if (another !== undefined) {
    throw new CliError('AMBIGUOUS_PROJECT', fill(text.errors.ambiguous_project, { value, known: names(matches) }));
  }
  return match.id;
}

function readableAnswer(query: string, answer: SearchAnswer, context: CliContext): string {
  const { terminal } = context;
  const messages = context.text.search;
  if (answer.hits.length === 0) {
    return `${fill(messages.none, { text: printable(query) })}\n${styled(terminal, 'dim', messages.none_hint)}`;
  }
  const total = fill(answer.truncated ? messages.total_bound : messages.total, {
    shown: answer.hits.length,
    total: answer.total,
    took: Math.round(answer.took_ms),
  });
  return [...answer.hits.map((hit) => readableHit(hit, context)), styled(terminal, 'dim', total)].join('\n\n');
}

function readableHit({ observation, highlights }: SearchHit, { terminal, text }: CliContext): string {
  const bold = (part: string) => styled(terminal, 'bold', part);
  const boldMark = (part: string) => styled(terminal, ['bold', 'yellow'], part);
  const mark = (part: string) => styled(terminal, 'yellow', part);
  const { snippet, snippet_ranges: ranges } = highlights;
  // A shortened title says less than the passage that begins with it.
  const begun = observation.title.endsWith('…') && snippet.startsWith(observation.title.slice(0, -1));
  const heading = begun
    ? marked(snippet, ranges, boldMark, bold)
    : marked(observation.title, highlights.title, boldMark, bold);
  const failed = observation.failed ? `  ${styled(terminal, 'red', text.search.failed)}` : '';
  const where = [observation.type, observation.tool, observation.project.name, timeText(observation.occurred_at)];
  const about = where.filter((part) => part !== null).map(printable);
  const passage =
    begun || snippet === '' || snippet === observation.title ? [] : [`  ${marked(snippet, ranges, mark)}`];
  const faint = (line: string) => styled(terminal, 'dim', `  ${line}`);
  return [`${heading}${failed}`, faint(about.join(' · ')), ...passage, faint(observation.id)].join('\n');
}

/** The text with what is inside the ranges (sorted, in UTF-16 units) put through `mark`, the rest through `plain`. */
function marked(
  text: string,
  ranges: readonly TextRange[],
  mark: (part: string) => string,
  plain: (part: string) => string = (part) => part,
): string {
  let at = 0;
  let result = '';
  for (const [start, end] of ranges) {
    result += plain(printable(text.slice(at, start))) + mark(printable(text.slice(start, end)));
    at = end;
  }
  return result + plain(printable(text.slice(at)));
}
