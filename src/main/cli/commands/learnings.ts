import { resolve } from 'node:path';
import { learningCategories, learningStates, type LearningView } from '../../../shared/learning-views.ts';
import { learningMessages } from '../../../shared/messages/cli-learnings.ts';
import { fill } from '../../../shared/messages/fill.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import type { CliContext } from '../cli-context.ts';
import { printable, table } from '../layout.ts';
import { projectId } from '../project-option.ts';
import { styled } from '../terminal.ts';
import { connectWorker, type WorkerClient } from '../worker-client.ts';

export interface LearningsOptions {
  project?: string;
  state?: string[];
  category?: string[];
  tag?: string[];
  conflicts?: boolean;
  limit?: string;
}

export interface DecideOptions {
  note?: string;
}

export interface LearningsExportOptions {
  project?: string;
  file?: string;
}

const textOf = ({ terminal }: CliContext) => learningMessages[terminal.locale];

/** `cmem learnings`: what was learnt, the newest first. */
export async function learningsCommand(
  context: CliContext,
  words: readonly string[],
  { project, state, category, tag, conflicts, limit }: LearningsOptions,
): Promise<number> {
  const text = textOf(context);
  const request = {
    states: state?.map((value) => oneOf(learningStates, value, context)),
    categories: category?.map((value) => oneOf(learningCategories, value, context)),
    tags: tag,
    conflicts_only: conflicts,
    text: words.join(' ') || undefined,
    limit: limitOf(limit, context),
  };
  const client = connectWorker(context);
  const project_id = await projectOf(client, project, context);
  const page = await client.call((api) => api.learnings.list.query({ ...request, project_id }));
  context.print(page, () => {
    if (page.data.length === 0) return text.none;
    const left = page.pagination.total - page.data.length;
    return [listed(page.data, context), ...(left > 0 ? ['', fill(text.more, { count: left })] : [])].join('\n');
  });
  return exitCodes.ok;
}

/** `cmem learnings approve` and `reject`. */
export async function decideLearningsCommand(
  context: CliContext,
  ids: string[],
  decision: 'approve' | 'reject',
  { note }: DecideOptions,
): Promise<number> {
  const client = connectWorker(context);
  const outcome = await client.call((api) => api.learnings.decide.mutate({ ids, decision, note }));
  context.print(outcome, () => {
    const done = fill(textOf(context).changed, { count: outcome.learnings.length, batch: outcome.batch_id });
    return [listed(outcome.learnings, context), '', done].join('\n');
  });
  return exitCodes.ok;
}

/** `cmem learnings undo`. */
export async function undoLearningsCommand(context: CliContext, batch: string): Promise<number> {
  const outcome = await connectWorker(context).call((api) => api.learnings.undo.mutate({ batch_id: batch }));
  context.print(outcome, () => fill(textOf(context).undone, { batch: outcome.batch_id }));
  return exitCodes.ok;
}

/** `cmem learnings export`: the section as text; with --file it goes between its marks into that file. */
export async function exportLearningsCommand(
  context: CliContext,
  { project, file }: LearningsExportOptions,
): Promise<number> {
  const client = connectWorker(context);
  const project_id = await projectOf(client, project, context);
  if (file === undefined) {
    const section = await client.call((api) => api.learnings.exportText.query({ project_id }));
    context.print(section, () => section.text);
    return exitCodes.ok;
  }
  const request = { file: resolve(file), project_id };
  const written = await client.call((api) => api.learnings.writeExport.mutate(request));
  context.print(written, () => fill(textOf(context).written, written));
  return exitCodes.ok;
}

function listed(learnings: readonly LearningView[], context: CliContext): string {
  const text = textOf(context);
  const rows = learnings.map(({ id, state, confidence, project, conflict_count, statement, tags }) => [
    id,
    text.states[state],
    confidence.toFixed(2),
    printable(project?.name ?? text.everywhere),
    `${printable([statement, ...tags.map((tag) => `#${tag}`)].join(' '))}${conflict_count > 0 ? styled(context.terminal, 'red', ` (${text.conflict})`) : ''}`,
  ]);
  return table(rows);
}

async function projectOf(client: WorkerClient, project: string | undefined, context: CliContext) {
  return project === undefined ? undefined : projectId(client, project, context);
}

function oneOf<Value extends string>(known: readonly Value[], value: string, context: CliContext): Value {
  const found = known.find((candidate) => candidate === value.toLowerCase());
  if (found !== undefined) return found;
  const message = fill(textOf(context).invalid, { value, known: known.join(', ') });
  throw new CliError('USAGE', message, exitCodes.usage);
}

function limitOf(value: string | undefined, context: CliContext): number {
  const limit = Number(value ?? 50);
  if (Number.isInteger(limit) && limit >= 1 && limit <= 200) return limit;
  throw new CliError('USAGE', fill(textOf(context).invalid_limit, { value: value ?? '' }), exitCodes.usage);
}
