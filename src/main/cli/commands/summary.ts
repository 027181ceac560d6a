import { fill } from '../../../shared/messages/fill.ts';
import { summaryMessages } from '../../../shared/messages/cli-summaries.ts';
import type { SummaryView } from '../../../shared/summary-views.ts';
import { weekOf, weekText } from '../../../shared/weeks.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import type { CliContext } from '../cli-context.ts';
import { printable } from '../layout.ts';
import { projectId, projectOfFolder } from '../project-option.ts';
import { sessionId } from '../session-option.ts';
import { styled } from '../terminal.ts';
import { parseTime, timeText } from '../values.ts';
import { everyRow } from '../whole-list.ts';
import { connectWorker, type WorkerClient } from '../worker-client.ts';

export interface SummaryOptions {
  /** True without a day. */
  week?: string | true;
  project?: string;
  turns?: boolean;
}

const filesShown = 12;
const textOf = ({ terminal }: CliContext) => summaryMessages[terminal.locale];

/** `cmem summary`: what a session came to, or a project's week. */
export async function summaryCommand(
  context: CliContext,
  session: string | undefined,
  { week, project, turns = false }: SummaryOptions,
): Promise<number> {
  const text = textOf(context);
  if (session !== undefined && week !== undefined) throw new CliError('USAGE', text.session_and_week, exitCodes.usage);
  const monday = week === undefined ? null : mondayOf(week, context);
  const client = connectWorker(context);
  const summaries =
    monday === null
      ? await ofSession(client, session, { project, turns }, context)
      : await ofWeek(client, monday, project, context);
  if (summaries.length === 0) {
    throw new CliError('NO_SUMMARY', monday === null ? text.none : fill(text.none_of_week, { week: monday }));
  }
  context.print(turns ? summaries : (summaries[0] ?? null), () =>
    summaries.map((summary) => readable(summary, context)).join('\n\n'),
  );
  return exitCodes.ok;
}

function mondayOf(week: string | true, context: CliContext): string {
  if (week === true) return weekOf(Date.now());
  const time = parseTime(week);
  if (time !== null) return weekOf(Date.parse(time));
  throw new CliError('USAGE', fill(textOf(context).invalid_day, { value: week }), exitCodes.usage);
}

async function ofWeek(client: WorkerClient, monday: string, project: string | undefined, context: CliContext) {
  const project_id =
    project === undefined
      ? await projectOfFolder(client, process.cwd(), context)
      : await projectId(client, project, context);
  const request = { scope: 'week' as const, project_id };
  const weeks = await everyRow((place) => client.call((api) => api.summaries.list.query({ ...request, ...place })));
  return weeks.filter(({ week }) => week === monday);
}

/** The session's own summary, then its turns where they are wanted. */
async function ofSession(
  client: WorkerClient,
  session: string | undefined,
  { project, turns }: { project: string | undefined; turns: boolean },
  context: CliContext,
): Promise<SummaryView[]> {
  const project_id = project === undefined ? undefined : await projectId(client, project, context);
  const session_id = session === undefined ? undefined : await sessionId(client, session, context);
  const request = { scope: 'session' as const, project_id, session_id, limit: 1 };
  const { data: found } = await client.call((api) => api.summaries.list.query(request));
  const of = session_id ?? found[0]?.session_id;
  if (!turns || of === undefined || of === null) return found;
  const asked = { scope: 'turn' as const, session_id: of };
  const ofTurns = await everyRow((place) => client.call((api) => api.summaries.list.query({ ...asked, ...place })));
  return [...found, ...ofTurns];
}

function readable(summary: SummaryView, context: CliContext): string {
  const { terminal } = context;
  const { fields, outcomes, ...text } = textOf(context);
  const faint = (line: string) => styled(terminal, 'dim', line);
  const heading = styled(terminal, 'bold', printable(summary.title));
  const place = [summary.week === null ? summary.session_id : weekText(summary.week), summary.project.name];
  const source = fill(text.sources[summary.source], { model: summary.model ?? '' });
  const version = fill(text.version, { version: summary.version, source, at: timeText(summary.created_at) });
  const list = (name: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : ['', styled(terminal, 'cyan', name), ...lines.map((line) => `  - ${printable(line)}`)];
  const commands = summary.commands.map(
    ({ command, outcome, note }) => `${command}  [${outcomes[outcome]}]${note === null ? '' : `  ${note}`}`,
  );
  const files = summary.files.map(({ path, change }) => (change === 'changed' ? `${path}  [${text.changed}]` : path));
  const more = files.length - filesShown;
  return [
    heading,
    faint([...place.filter((part) => part !== null), version].map(printable).join(' · ')),
    ...(summary.request === null ? [] : list(fields.request, [summary.request])),
    ...list(fields.done, summary.done),
    ...list(fields.learned, summary.learned),
    ...list(fields.open_ends, summary.open_ends),
    ...list(fields.key_points, summary.key_points),
    ...list(fields.investigated, summary.investigated),
    ...list(fields.commands, commands),
    ...list(fields.files, [
      ...files.slice(0, filesShown),
      ...(more > 0 ? [fill(text.more_files, { count: more })] : []),
    ]),
  ].join('\n');
}
