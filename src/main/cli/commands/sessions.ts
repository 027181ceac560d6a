import { sessionMessages } from '../../../shared/messages/cli-sessions.ts';
import type { SessionView } from '../../../shared/views.ts';
import { exitCodes } from '../cli-error.ts';
import type { CliContext } from '../cli-context.ts';
import { printable, table } from '../layout.ts';
import { projectId } from '../project-option.ts';
import { beginningsOf } from '../session-option.ts';
import { styled } from '../terminal.ts';
import { timeOption } from '../time-option.ts';
import { timeText } from '../values.ts';
import { type ListOptions, pageOrAll, withRest } from '../whole-list.ts';
import { connectWorker } from '../worker-client.ts';

export interface SessionsOptions extends ListOptions {
  project?: string;
  since?: string;
  until?: string;
  failed?: boolean;
}

/** `cmem sessions`: the last active first. */
export async function sessionsCommand(
  context: CliContext,
  words: readonly string[],
  { project, since, until, failed, ...options }: SessionsOptions,
): Promise<number> {
  const request = {
    text: words.join(' ') || undefined,
    since: timeOption('--since', since, context),
    until: timeOption('--until', until, context),
    failed_only: failed,
  };
  const client = connectWorker(context);
  const project_id = project === undefined ? undefined : await projectId(client, project, context);
  const page = await pageOrAll(
    (place) => client.call((api) => api.sessions.list.query({ ...request, project_id, ...place })),
    options,
  );
  const { none } = sessionMessages[context.terminal.locale];
  context.print(page, () => (page.data.length === 0 ? none : withRest(listed(page.data, context), page, context)));
  return exitCodes.ok;
}

function listed(sessions: readonly SessionView[], { terminal, text }: CliContext): string {
  const beginning = beginningsOf(sessions.map(({ id }) => id));
  return table([
    sessionMessages[terminal.locale].columns,
    ...sessions.map((session) => [
      styled(terminal, 'cyan', printable(beginning(session.id))),
      timeText(session.last_event_at),
      text.states[session.status],
      String(session.prompt_count),
      String(session.observation_count),
      String(session.failure_count),
      printable(session.project.name),
      printable(session.title ?? ''),
    ]),
  ]);
}
