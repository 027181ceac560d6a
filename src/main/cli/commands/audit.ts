import { accessMessages } from '../../../shared/messages/cli-access.ts';
import { fill } from '../../../shared/messages/fill.ts';
import { type AuditEntry, auditOutcomes } from '../../../shared/access-views.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import type { CliContext } from '../cli-context.ts';
import { userOf } from '../find-people.ts';
import { printable, table } from '../layout.ts';
import { timeOption } from '../time-option.ts';
import { timeText } from '../values.ts';
import { connectWorker } from '../worker-client.ts';
import { oneOf } from './keys.ts';

export interface AuditOptions {
  since?: string;
  until?: string;
  action?: string;
  actor?: string;
  outcome?: string;
  limit?: string;
}

const mostListed = 200;
const textOf = ({ terminal }: CliContext) => accessMessages[terminal.locale];

/** `cmem audit`. */
export async function auditCommand(context: CliContext, options: AuditOptions): Promise<number> {
  const { since, until, action, actor, outcome, limit } = options;
  const request = {
    action,
    outcome: outcome === undefined ? undefined : oneOf(auditOutcomes, outcome, context),
    since: timeOption('--since', since, context),
    until: timeOption('--until', until, context),
    limit: limit === undefined ? undefined : countOf(limit, context),
  };
  const client = connectWorker(context);
  // Whoever was deleted is found by the id.
  const actor_id = actor?.includes('@') === true ? (await userOf(client, actor, context)).id : actor;
  const page = await client.call((api) => api.audit.list.query({ ...request, actor_id }));
  const { nothing_done: nothing, more_done: more } = textOf(context);
  context.print(page, () => {
    if (page.data.length === 0) return nothing;
    const { has_next: hasNext, total } = page.pagination;
    return hasNext ? `${listed(page.data, context)}\n\n${fill(more, { total })}` : listed(page.data, context);
  });
  return exitCodes.ok;
}

function listed(entries: readonly AuditEntry[], context: CliContext): string {
  const { columns, outcomes } = textOf(context);
  return table([
    columns.audit,
    ...entries.map(({ at, outcome, code, count, actor, action, address, target }) => [
      timeText(at),
      [outcomes[outcome], code, count > 1 ? `×${count}` : null].filter((part) => part !== null).join(' '),
      printable(actor.name),
      printable(action),
      printable(address ?? '-'),
      printable(target ?? '-'),
    ]),
  ]);
}

function countOf(value: string, context: CliContext): number {
  const count = Number(value);
  if (Number.isInteger(count) && count >= 1 && count <= mostListed) return count;
  throw new CliError('USAGE', fill(textOf(context).invalid_limit, { value, most: mostListed }), exitCodes.usage);
}
