import { sessionMessages } from '../../shared/messages/cli-sessions.ts';
import { fill } from '../../shared/messages/fill.ts';
import type { CliContext } from './cli-context.ts';
import { CliError } from './cli-error.ts';
import { printable } from './layout.ts';
import { everyRow } from './whole-list.ts';
import type { WorkerClient } from './worker-client.ts';

/** So long a beginning is shown at least; those of random ids differ by then. */
const shortest = 8;
const mostNamed = 5;

/** The id of a session that is given whole or by its beginning. Throws `CliError` when none or several begin so. */
export async function sessionId(client: WorkerClient, value: string, context: CliContext): Promise<string> {
  const sessions = await everyRow((place) => client.call((api) => api.sessions.list.query({ text: value, ...place })));
  const ids = sessions.map(({ id }) => id);
  return theOneOf(ids, value, sessionMessages[context.terminal.locale].unknown, context);
}

/** The same among the sessions that were deleted and can be taken back. */
export async function deletedSessionId(client: WorkerClient, value: string, context: CliContext): Promise<string> {
  const deletions = await everyRow((place) => client.call((api) => api.deletions.list.query(place)));
  const ids = deletions.filter(({ kind }) => kind === 'session').map(({ id }) => id);
  return theOneOf(ids, value, sessionMessages[context.terminal.locale].unknown_deleted, context);
}

/** How much of each id says which of them it is. */
export function beginningsOf(ids: readonly string[]): (id: string) => string {
  return (id) => {
    const isClear = (length: number) => ids.every((other) => other === id || !other.startsWith(id.slice(0, length)));
    let length = shortest;
    while (length < id.length && !isClear(length)) length += 1;
    return id.slice(0, length);
  };
}

function theOneOf(ids: readonly string[], value: string, unknown: string, { terminal }: CliContext): string {
  if (ids.includes(value)) return value;
  const [match, ...others] = value === '' ? [] : ids.filter((id) => id.startsWith(value));
  const values = { value: printable(value) };
  if (match === undefined) throw new CliError('UNKNOWN_SESSION', fill(unknown, values));
  if (others.length === 0) return match;
  const named = [match, ...others].slice(0, mostNamed).join(', ');
  const known = others.length < mostNamed ? named : `${named}, …`;
  throw new CliError('AMBIGUOUS_SESSION', fill(sessionMessages[terminal.locale].ambiguous, { ...values, known }));
}
