import { accessMessages } from '../../../shared/messages/cli-access.ts';
import { fill } from '../../../shared/messages/fill.ts';
import { roles } from '../../../shared/access-views.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import type { CliContext } from '../cli-context.ts';
import { assertConfirmed, type ConfirmOptions } from '../confirmed.ts';
import { membershipOf, organizationOf, sayHowToKeepAnAdmin, userOf } from '../find-people.ts';
import { printable, table } from '../layout.ts';
import { timeText } from '../values.ts';
import { type ListOptions, pageOrAll, withRest } from '../whole-list.ts';
import { connectWorker } from '../worker-client.ts';
import { oneOf } from './keys.ts';

export interface MemberAddOptions {
  role?: string;
}

const textOf = ({ terminal }: CliContext) => accessMessages[terminal.locale];

/** `cmem organizations list`. */
export async function listOrganizationsCommand(context: CliContext, options: ListOptions): Promise<number> {
  const client = connectWorker(context);
  const page = await pageOrAll((place) => client.call((api) => api.organizations.list.query(place)), options);
  const rows = page.data.map((one) => [one.id, String(one.member_count), String(one.key_count), printable(one.name)]);
  context.print(page, () => withRest(table([textOf(context).columns.organizations, ...rows]), page, context));
  return exitCodes.ok;
}

/** `cmem organizations create`. */
export async function createOrganizationCommand(context: CliContext, words: readonly string[]): Promise<number> {
  const request = { name: words.join(' ') };
  const made = await connectWorker(context).call((api) => api.organizations.create.mutate(request));
  context.print(made, () => fill(textOf(context).organization_made, { name: printable(made.name), id: made.id }));
  return exitCodes.ok;
}

/** `cmem organizations rename`. */
export async function renameOrganizationCommand(
  context: CliContext,
  word: string,
  words: readonly string[],
): Promise<number> {
  const client = connectWorker(context);
  const { id } = await organizationOf(client, word, context);
  const request = { id, change: { name: words.join(' ') } };
  const renamed = await client.call((api) => api.organizations.update.mutate(request));
  context.print(renamed, () => fill(textOf(context).organization_renamed, { name: printable(renamed.name) }));
  return exitCodes.ok;
}

/** `cmem organizations delete`. */
export async function deleteOrganizationCommand(
  context: CliContext,
  word: string,
  options: ConfirmOptions,
): Promise<number> {
  const text = textOf(context);
  const client = connectWorker(context);
  const found = await organizationOf(client, word, context);
  const { id, name } = found;
  const values = { name: printable(name), keys: found.key_count, members: found.member_count };
  if (found.is_default) throw new CliError('FORBIDDEN', fill(text.default_stays, values));
  assertConfirmed(context, options, fill(text.delete_organization, values));
  await client.call((api) => api.organizations.delete.mutate({ id }));
  context.print({ id, name, deleted: true }, () => fill(text.organization_deleted, values));
  return exitCodes.ok;
}

/** `cmem organizations members`. */
export async function listMembersCommand(context: CliContext, word: string, options: ListOptions): Promise<number> {
  const client = connectWorker(context);
  const { id } = await organizationOf(client, word, context);
  const page = await pageOrAll(
    (place) => client.call((api) => api.organizations.members.query({ id, ...place })),
    options,
  );
  const { none, columns } = textOf(context);
  const rows = page.data.map(({ user, role, since }) => [
    user.id,
    printable(user.email),
    role,
    timeText(since),
    printable(user.name),
  ]);
  context.print(page, () => (rows.length === 0 ? none : withRest(table([columns.members, ...rows]), page, context)));
  return exitCodes.ok;
}

/** `cmem organizations add`: never changes the role of somebody who is in it. */
export async function addMemberCommand(
  context: CliContext,
  word: string,
  person: string,
  { role: roleName = 'user' }: MemberAddOptions,
): Promise<number> {
  const text = textOf(context);
  const role = oneOf(roles, roleName, context);
  const client = connectWorker(context);
  const { id, name } = await organizationOf(client, word, context);
  const user = await userOf(client, person, context);
  const values = { email: printable(user.email), name: printable(name) };
  const before = user.memberships.find(({ organization }) => organization.id === id);
  if (before !== undefined) {
    throw new CliError('CONFLICT', fill(text.member_already, { ...values, role: before.role }));
  }
  const member = await client.call((api) => api.organizations.setMember.mutate({ id, user_id: user.id, role }));
  context.print({ ...member, organization: { id, name } }, () => fill(text.member_added, { ...values, role }));
  return exitCodes.ok;
}

/** `cmem organizations remove`: asks for a `--yes` when nothing would be left of the user. */
export async function removeMemberCommand(
  context: CliContext,
  word: string,
  person: string,
  options: ConfirmOptions,
): Promise<number> {
  const text = textOf(context);
  const client = connectWorker(context);
  const place = await organizationOf(client, word, context);
  const user = await userOf(client, person, context);
  const { organization } = membershipOf(user, place, context);
  const { id, name } = organization;
  const values = { email: printable(user.email), name: printable(name) };
  const isGone = user.memberships.length === 1;
  if (isGone) assertConfirmed(context, options, fill(text.remove_last, values));
  await sayHowToKeepAnAdmin(context, () =>
    client.call((api) => api.organizations.removeMember.mutate({ id, user_id: user.id })),
  );
  const answer = { id: user.id, email: user.email, organization, removed: true, deleted: isGone };
  context.print(answer, () => fill(isGone ? text.user_deleted : text.member_removed, values));
  return exitCodes.ok;
}
