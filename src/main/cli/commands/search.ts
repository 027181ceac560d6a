import { fill } from '../../../shared/messages/fill.ts';
import { observationTypes } from '../../../shared/views.ts';
import {
  type KnownHit,
  type SearchAnswer,
  type SearchHit,
  searchModes,
  type TextRange,
} from '../../../shared/search-views.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import type { CliContext } from '../cli-context.ts';
import { printable } from '../layout.ts';
import { projectId } from '../project-option.ts';
import { sessionId } from '../session-option.ts';
import { styled } from '../terminal.ts';
import { timeOption } from '../time-option.ts';
import { timeText } from '../values.ts';
import { connectWorker } from '../worker-client.ts';
import { explained } from './search-explained.ts';
import { understoodAs } from './search-understood.ts';

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
  mode?: string;
  explain?: boolean;
}

/** `cmem search`: what the memory holds about some words, best first. */
export async function searchCommand(
  context: CliContext,
  words: readonly string[],
  options: SearchOptions,
): Promise<number> {
  const query = words.join(' ');
  const filters = {
    types: options.type?.map((type) => knownType(type, context)),
    tools: options.tool,
    file: options.file,
    failed: options.failed,
    since: timeOption('--since', options.since, context),
    until: timeOption('--until', options.until, context),
  };
  const limit = limitOption(options.limit, context);
  const mode = modeOption(options.mode, context);
  const client = connectWorker(context);
  const project_id = options.project === undefined ? undefined : await projectId(client, options.project, context);
  const session_id = options.session === undefined ? undefined : await sessionId(client, options.session, context);
  const request = { text: query, filters: { ...filters, project_id, session_id }, limit, mode };
  const answer = await client.call((api) => api.search.query.query(request));
  context.print(answer, () => readableAnswer(query, answer, context, options.explain === true));
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

function modeOption(value: string | undefined, { text }: CliContext) {
  if (value === undefined) return undefined;
  const mode = searchModes.find((known) => known === value.toLowerCase());
  if (mode === undefined) throw usage(text.errors.invalid_mode, { value, known: searchModes.join(', ') });
  return mode;
}

function limitOption(value: string | undefined, { text }: CliContext): number | undefined {
  if (value === undefined) return undefined;
  const limit = Number(value);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) throw usage(text.errors.invalid_limit, { value });
  return limit;
}

function readableAnswer(query: string, answer: SearchAnswer, context: CliContext, explain: boolean): string {
  const { terminal } = context;
  const messages = context.text.search;
  const faint = (line: string) => styled(terminal, 'dim', line);
  const understood = understoodAs(answer.query, context).map(faint);
  const { did_you_mean: mended, vector_problem: problem } = answer;
  const hints = mended === null ? [] : [fill(messages.did_you_mean, { query: printable(mended) })];
  const known = answer.known.map((hit) => readableKnown(hit, context));
  const notes = problem === null || !explain ? [] : [faint(messages.no_vectors[problem])];
  if (answer.hits.length === 0) {
    if (known.length > 0) return [...known, ...understood, ...hints].join('\n');
    const none = fill(messages.none, { text: printable(query) });
    return [none, ...understood, ...hints, faint(messages.none_hint)].join('\n');
  }
  const total = fill(answer.truncated ? messages.total_bound : messages.total, {
    shown: answer.hits.length,
    total: answer.total,
    took: Math.round(answer.took_ms),
  });
  const hits = answer.hits.map((hit) =>
    [readableHit(hit, context), ...(explain ? explained(hit, context) : [])].join('\n'),
  );
  const believed = known.length === 0 ? [] : [known.join('\n')];
  return [...understood, ...believed, ...hits, [faint(total), ...notes, ...hints].join('\n')].join('\n\n');
}

/** A learning or memory that speaks to the query, in one line. */
function readableKnown({ text, category, state, project }: KnownHit, { terminal }: CliContext): string {
  const [statement = ''] = text.split('\n', 1);
  const about = [category, state, project?.name].filter((part) => typeof part === 'string').map(printable);
  return `${styled(terminal, 'green', '◆')} ${printable(statement)}  ${styled(terminal, 'dim', about.join(' · '))}`;
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
  const ids = `${observation.id} · ${fill(text.search.session, { id: printable(observation.session_id) })}`;
  return [`${heading}${failed}`, faint(about.join(' · ')), ...passage, faint(ids)].join('\n');
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
