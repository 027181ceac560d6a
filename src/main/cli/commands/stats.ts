import { fill } from '../../../shared/messages/fill.ts';
import { operationMessages } from '../../../shared/messages/cli-operations.ts';
import { type GrowthPoint, statsBuckets, type StatsOverview } from '../../../shared/stats-views.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import type { CliContext } from '../cli-context.ts';
import { table } from '../layout.ts';
import { projectId } from '../project-option.ts';
import { timeOption } from '../time-option.ts';
import { sizeText, timeText } from '../values.ts';
import { connectWorker } from '../worker-client.ts';

export interface StatsOptions {
  project?: string;
  growth?: string;
  since?: string;
  until?: string;
}

/** `cmem stats`: the memory in numbers, or what was added over time. */
export async function statsCommand(context: CliContext, options: StatsOptions): Promise<number> {
  const bucket = statsBuckets.find((known) => known === options.growth);
  if (options.growth !== undefined && bucket === undefined) {
    const message = fill(operationMessages[context.terminal.locale].invalid_bucket, { value: options.growth });
    throw new CliError('USAGE', message, exitCodes.usage);
  }
  // The overview is of all time.
  const only = (['since', 'until'] as const).find((option) => bucket === undefined && options[option] !== undefined);
  if (only !== undefined) {
    const message = fill(operationMessages[context.terminal.locale].range_without_growth, { option: `--${only}` });
    throw new CliError('USAGE', message, exitCodes.usage);
  }
  const range = {
    since: timeOption('--since', options.since, context),
    until: timeOption('--until', options.until, context),
  };
  const client = connectWorker(context);
  const project_id = options.project === undefined ? undefined : await projectId(client, options.project, context);
  if (bucket === undefined) {
    const overview = await client.call((api) => api.stats.overview.query({ project_id }));
    context.print(overview, () => figures(overview, context));
  } else {
    const points = await client.call((api) => api.stats.growth.query({ project_id, bucket, ...range }));
    context.print(points, () => growth(points, context));
  }
  return exitCodes.ok;
}

function figures(overview: StatsOverview, { terminal }: CliContext): string {
  const text = operationMessages[terminal.locale];
  const { approved, proposed, total } = overview.learnings;
  const remarks: Partial<Record<keyof typeof text.figures, string>> = {
    sessions: overview.active_sessions === 0 ? '' : fill(text.active, { count: overview.active_sessions }),
    learnings: total === 0 ? '' : fill(text.approved, { approved, proposed }),
  };
  const counts = ['sessions', 'prompts', 'messages', 'observations', 'failures', 'summaries'] as const;
  const others = ['memories', 'entities', 'projects', 'agents'] as const;
  const row = (name: keyof typeof text.figures, value: string) => [text.figures[name], value, remarks[name] ?? ''];
  const lines = table([
    ...counts.map((name) => row(name, String(overview[name]))),
    row('learnings', String(total)),
    ...others.map((name) => row(name, String(overview[name]))),
    row('database', sizeText(overview.database_bytes)),
  ]);
  const { first_event_at: first, last_event_at: last } = overview;
  if (first === null || last === null) return lines;
  return `${lines}\n\n${fill(text.period, { first: timeText(first), last: timeText(last) })}`;
}

function growth(points: readonly GrowthPoint[], { terminal }: CliContext): string {
  const { grown } = operationMessages[terminal.locale];
  return table([
    [grown.at, grown.sessions, grown.observations, grown.total],
    ...points.map((point) => [
      // As the worker's clock shows it.
      point.at.slice(0, 16).replace('T', ' '),
      String(point.sessions),
      String(point.observations),
      String(point.total_observations),
    ]),
  ]);
}
