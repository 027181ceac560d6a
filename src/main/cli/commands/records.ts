import { recordMessages } from '../../../shared/messages/cli-records.ts';
import type { DeletionView } from '../../../shared/record-views.ts';
import { fill } from '../../../shared/messages/fill.ts';
import type { CliContext } from '../cli-context.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import { printable, table } from '../layout.ts';
import { deletedSessionId, sessionId } from '../session-option.ts';
import { type ListOptions, pageOrAll, withRest } from '../whole-list.ts';
import { connectWorker, type WorkerClient } from '../worker-client.ts';

export interface DeleteOptions {
  forGood?: boolean;
}

const kinds = ['session', 'observation'] as const;
type Kind = (typeof kinds)[number];

const textOf = ({ terminal }: CliContext) => recordMessages[terminal.locale];

/** `cmem delete`: a session or an observation; it can be taken back for a while, unless it is to go for good. */
export async function deleteCommand(
  context: CliContext,
  kindName: string,
  value: string,
  { forGood = false }: DeleteOptions,
): Promise<number> {
  const kind = kindOf(kindName, context);
  const client = connectWorker(context);
  const id = kind === 'session' ? await sessionToDelete(client, value, forGood, context) : value;
  await client.call((api) => {
    const records = kind === 'session' ? api.sessions : api.observations;
    return forGood ? records.erase.mutate({ id }) : records.delete.mutate({ id });
  });
  const text = textOf(context);
  context.print({ kind, id, erased: forGood }, () =>
    fill(forGood ? text.erased[kind] : text.deleted[kind], { kind, id: printable(id) }),
  );
  return exitCodes.ok;
}

/** `cmem deleted`: what can be taken back, the last deleted first. */
export async function deletedCommand(context: CliContext, options: ListOptions): Promise<number> {
  const client = connectWorker(context);
  const page = await pageOrAll((place) => client.call((api) => api.deletions.list.query(place)), options);
  context.print(page, () =>
    page.data.length === 0 ? textOf(context).nothing : withRest(listed(page.data), page, context),
  );
  return exitCodes.ok;
}

function listed(deletions: readonly DeletionView[]): string {
  return table(
    deletions.map(({ kind, id, deleted_at: at, title, project }) => [
      at.slice(0, 16).replace('T', ' '),
      kind,
      id,
      printable(project.name),
      printable(title ?? ''),
    ]),
  );
}

/** `cmem undelete`: takes back what was deleted and not erased yet. */
export async function undeleteCommand(context: CliContext, kindName: string, value: string): Promise<number> {
  const kind = kindOf(kindName, context);
  const client = connectWorker(context);
  const id = kind === 'session' ? await deletedSessionId(client, value, context) : value;
  const restored =
    kind === 'session'
      ? await client.call((api) => api.sessions.restore.mutate({ id }))
      : await client.call((api) => api.observations.restore.mutate({ id }));
  context.print(restored, () => fill(textOf(context).restored, { title: printable(restored.title ?? id) }));
  return exitCodes.ok;
}

/** What is deleted already can still be erased for good. */
async function sessionToDelete(
  client: WorkerClient,
  value: string,
  forGood: boolean,
  context: CliContext,
): Promise<string> {
  try {
    return await sessionId(client, value, context);
  } catch (error) {
    if (!forGood || !(error instanceof CliError) || error.code !== 'UNKNOWN_SESSION') throw error;
    return deletedSessionId(client, value, context);
  }
}

function kindOf(name: string, context: CliContext): Kind {
  const kind = kinds.find((known) => known === name);
  if (kind !== undefined) return kind;
  const message = fill(textOf(context).invalid_kind, { value: name, known: kinds.join(', ') });
  throw new CliError('USAGE', message, exitCodes.usage);
}
