import { accessMessages } from '../../../shared/messages/cli-access.ts';
import { fill } from '../../../shared/messages/fill.ts';
import { type ApiKeyView, keyStates, scopes } from '../../../shared/access-views.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import type { CliContext } from '../cli-context.ts';
import { organizationOf } from '../find-people.ts';
import { printable, table } from '../layout.ts';
import { parseTime, timeText } from '../values.ts';
import { type ListOptions, pageOrAll, withRest } from '../whole-list.ts';
import { connectWorker } from '../worker-client.ts';

export interface KeyListOptions extends ListOptions {
  state?: string;
}

export interface KeyCreateOptions {
  scope?: string[];
  perMinute?: string;
  expires?: string;
  organization?: string;
}

export interface KeyRotateOptions {
  grace?: string;
}

const textOf = ({ terminal }: CliContext) => accessMessages[terminal.locale];

/** One of a list of words. Throws `CliError`. */
export function oneOf<Value extends string>(known: readonly Value[], value: string, context: CliContext): Value {
  const found = known.find((candidate) => candidate === value.toLowerCase());
  if (found !== undefined) return found;
  const message = fill(textOf(context).invalid, { value, known: known.join(', ') });
  throw new CliError('USAGE', message, exitCodes.usage);
}

/** `cmem keys list`. */
export async function listKeysCommand(context: CliContext, { state, ...options }: KeyListOptions): Promise<number> {
  const wanted = state === undefined ? undefined : oneOf(keyStates, state, context);
  const client = connectWorker(context);
  const page = await pageOrAll(
    (place) => client.call((api) => api.keys.list.query({ state: wanted, ...place })),
    options,
  );
  context.print(page, () => withRest(listed(page.data, context), page, context));
  return exitCodes.ok;
}

/** `cmem keys create`: the key is printed once. */
export async function createKeyCommand(
  context: CliContext,
  words: readonly string[],
  { scope = ['read'], perMinute, expires, organization }: KeyCreateOptions,
): Promise<number> {
  const client = connectWorker(context);
  const place = organization === undefined ? undefined : await organizationOf(client, organization, context);
  const request = {
    name: words.join(' '),
    scopes: scope.map((one) => oneOf(scopes, one, context)),
    requests_per_minute: perMinute === undefined ? null : countOf(perMinute, context),
    expires_at: expires === undefined ? null : laterTime(expires, context),
    organization_id: place?.id,
  };
  const made = await client.call((api) => api.keys.create.mutate(request));
  context.print(made, () => fill(textOf(context).key_made, { key: made.key }));
  return exitCodes.ok;
}

/** `cmem keys revoke`. */
export async function revokeKeyCommand(context: CliContext, id: string): Promise<number> {
  const key = await connectWorker(context).call((api) => api.keys.revoke.mutate({ id }));
  context.print(key, () => fill(textOf(context).key_revoked, { name: printable(key.name) }));
  return exitCodes.ok;
}

/** `cmem keys rotate`: the new key is printed once. */
export async function rotateKeyCommand(context: CliContext, id: string, { grace }: KeyRotateOptions): Promise<number> {
  const now = Date.now();
  const until = grace === undefined ? now : Date.parse(laterTime(grace, context, now));
  const grace_seconds = Math.max(0, Math.round((until - now) / 1000));
  const made = await connectWorker(context).call((api) => api.keys.rotate.mutate({ id, grace_seconds }));
  context.print(made, () => fill(textOf(context).key_made, { key: made.key }));
  return exitCodes.ok;
}

function listed(keys: readonly ApiKeyView[], context: CliContext): string {
  const text = textOf(context);
  if (keys.length === 0) return text.none;
  const time = (at: string | null) => (at === null ? text.never : timeText(at));
  return table([
    text.columns.keys,
    ...keys.map((key) => [
      key.id,
      `${key.prefix}…`,
      key.state,
      key.scopes.join(','),
      time(key.last_used_at),
      time(key.expires_at),
      printable(key.organization.name),
      printable(key.name),
    ]),
  ]);
}

function countOf(value: string, context: CliContext): number {
  const count = Number(value);
  if (Number.isInteger(count) && count >= 1) return count;
  throw new CliError('USAGE', fill(textOf(context).invalid_number, { value }), exitCodes.usage);
}

/** ISO 8601 of a date, or of a duration from now. */
function laterTime(value: string, context: CliContext, now: number = Date.now()): string {
  const time = parseTime(value, now);
  if (time === null) throw new CliError('USAGE', fill(textOf(context).invalid_time, { value }), exitCodes.usage);
  const isDuration = /^\d+[smhdw]$/.test(value);
  return isDuration ? new Date(2 * now - Date.parse(time)).toISOString() : time;
}
