import { fill } from '../../../shared/messages/fill.ts';
import { memoryMessages } from '../../../shared/messages/cli-memories.ts';
import { memoryTypes, type MemoryView } from '../../../shared/note-views.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import type { CliContext } from '../cli-context.ts';
import { printable, table } from '../layout.ts';
import { projectId } from '../project-option.ts';
import { styled } from '../terminal.ts';
import { parseTime } from '../values.ts';
import { type ListOptions, pageOrAll, withRest } from '../whole-list.ts';
import { connectWorker, type WorkerClient } from '../worker-client.ts';

interface MemoryOptions {
  project?: string;
}

export interface RememberOptions extends MemoryOptions {
  type?: string;
  tag?: string[];
  ttl?: string;
}

export interface ForgetOptions extends MemoryOptions {
  dryRun?: boolean;
}

export interface MemoriesOptions extends MemoryOptions, ListOptions {
  type?: string;
  tag?: string[];
  forgotten?: boolean;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const textOf = ({ terminal }: CliContext) => memoryMessages[terminal.locale];

/** `cmem remember`: keeps a text until somebody says to forget it. */
export async function rememberCommand(
  context: CliContext,
  words: readonly string[],
  { type, tag, ttl, project }: RememberOptions,
): Promise<number> {
  const request = { text: words.join(' '), type: typeOf(type, context), tags: tag, ttl_seconds: ttlOf(ttl, context) };
  const client = connectWorker(context);
  const project_id = await projectOf(client, project, context);
  const memory = await client.call((api) => api.memories.remember.mutate({ ...request, project_id }));
  const text = textOf(context);
  context.print(memory, () => fill(memory.seen_count === 1 ? text.remembered : text.known, { id: memory.id }));
  return exitCodes.ok;
}

/** `cmem forget`: by id, or all that have these words; nothing is gone for good within a month. */
export async function forgetCommand(
  context: CliContext,
  words: readonly string[],
  { dryRun: dry_run = false, project }: ForgetOptions,
): Promise<number> {
  const what = words.join(' ').trim();
  const client = connectWorker(context);
  const project_id = await projectOf(client, project, context);
  const about = uuid.test(what) ? { id: what } : { text: what };
  const gone = await client.call((api) => api.memories.forget.mutate({ ...about, project_id, dry_run }));
  const text = textOf(context);
  context.print(gone, () => {
    if (gone.length === 0) return text.nothing_found;
    const heading = dry_run ? text.would_forget : fill(text.forgotten, { id: gone[0]?.id ?? '' });
    return [heading, listed(gone, context)].join('\n');
  });
  return gone.length === 0 ? exitCodes.failed : exitCodes.ok;
}

/** `cmem unforget`: takes back what was forgotten. */
export async function restoreMemoryCommand(context: CliContext, id: string): Promise<number> {
  const memory = await connectWorker(context).call((api) => api.memories.restore.mutate({ id }));
  context.print(memory, () => fill(textOf(context).restored, { text: printable(memory.text) }));
  return exitCodes.ok;
}

/** `cmem memories`: what was asked to be remembered, the last changed first. */
export async function memoriesCommand(
  context: CliContext,
  words: readonly string[],
  { type, tag, forgotten, project, ...options }: MemoriesOptions,
): Promise<number> {
  const request = { text: words.join(' ') || undefined, type: typeOf(type, context), tags: tag, forgotten };
  const client = connectWorker(context);
  const project_id = await projectOf(client, project, context);
  const page = await pageOrAll(
    (place) => client.call((api) => api.memories.list.query({ ...request, project_id, ...place })),
    options,
  );
  context.print(page, () =>
    page.data.length === 0 ? textOf(context).none : withRest(listed(page.data, context), page, context),
  );
  return exitCodes.ok;
}

async function projectOf(client: WorkerClient, project: string | undefined, context: CliContext) {
  return project === undefined ? undefined : await projectId(client, project, context);
}

function listed(memories: readonly MemoryView[], context: CliContext): string {
  const { terminal } = context;
  const text = textOf(context);
  return table(
    memories.map((memory) => [
      styled(terminal, 'dim', memory.id),
      memory.type,
      memory.project?.name ?? text.everywhere,
      printable([memory.text, ...memory.tags.map((tag) => `#${tag}`)].join(' ')),
    ]),
  );
}

function typeOf(value: string | undefined, context: CliContext) {
  if (value === undefined) return undefined;
  const type = memoryTypes.find((known) => known === value.toLowerCase());
  if (type === undefined) throw usage(context, 'invalid_type', { value, known: memoryTypes.join(', ') });
  return type;
}

/** Seconds of a duration such as `8h`. */
function ttlOf(value: string | undefined, context: CliContext): number | undefined {
  if (value === undefined) return undefined;
  const now = Date.now();
  const before = /^\d{1,6}[smhdw]$/.test(value) ? parseTime(value, now) : null;
  const seconds = before === null ? 0 : Math.round((now - Date.parse(before)) / 1_000);
  if (seconds < 1) throw usage(context, 'invalid_ttl', { value });
  return seconds;
}

function usage(context: CliContext, message: 'invalid_type' | 'invalid_ttl', values: Record<string, string>): CliError {
  return new CliError('USAGE', fill(textOf(context)[message], values), exitCodes.usage);
}
