import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { accessMessages } from '../../../shared/messages/cli-access.ts';
import { fill } from '../../../shared/messages/fill.ts';
import { roles, type UserView } from '../../../shared/access-views.ts';
import { CliError, exitCodes } from '../cli-error.ts';
import type { CliContext } from '../cli-context.ts';
import { assertConfirmed, type ConfirmOptions } from '../confirmed.ts';
import { membershipOf, organizationOf, rolesText, sayHowToKeepAnAdmin, userOf } from '../find-people.ts';
import { printable, table } from '../layout.ts';
import { timeText } from '../values.ts';
import { type ListOptions, pageOrAll, withRest } from '../whole-list.ts';
import { connectWorker, reasonOf } from '../worker-client.ts';
import { oneOf } from './keys.ts';

export interface UserListOptions extends ListOptions {
  text?: string;
}

interface PasswordOptions {
  passwordFile?: string;
}

export interface UserCreateOptions extends PasswordOptions {
  name?: string;
  role?: string;
  organization?: string;
}

export type UserPasswordOptions = PasswordOptions;

export interface UserRoleOptions {
  organization?: string;
}

const textOf = ({ terminal }: CliContext) => accessMessages[terminal.locale];

/** `cmem users list`. */
export async function listUsersCommand(context: CliContext, { text, ...options }: UserListOptions): Promise<number> {
  const client = connectWorker(context);
  const page = await pageOrAll((place) => client.call((api) => api.users.list.query({ text, ...place })), options);
  context.print(page, () => withRest(listed(page.data, context), page, context));
  return exitCodes.ok;
}

/** `cmem users create`: a password that was made here is printed once. */
export async function createUserCommand(
  context: CliContext,
  email: string,
  { name = email, role = 'user', organization, passwordFile }: UserCreateOptions,
): Promise<number> {
  const client = connectWorker(context);
  const place = organization === undefined ? undefined : await organizationOf(client, organization, context);
  const { password, isMade } = passwordOf(passwordFile, context);
  const request = { email, name, role: oneOf(roles, role, context), password, organization_id: place?.id };
  const user = await client.call((api) => api.users.create.mutate(request));
  const text = textOf(context);
  context.print(isMade ? { user, password } : { user }, () =>
    [
      fill(text.user_made, { email, role: request.role }),
      ...(isMade ? [fill(text.password_made, { password })] : []),
    ].join('\n'),
  );
  return exitCodes.ok;
}

/** `cmem users disable` and `enable`. */
export async function disableUserCommand(context: CliContext, user: string, disabled: boolean): Promise<number> {
  const client = connectWorker(context);
  const { id } = await userOf(client, user, context);
  const changed = await sayHowToKeepAnAdmin(context, () =>
    client.call((api) => api.users.update.mutate({ id, change: { disabled } })),
  );
  const text = textOf(context);
  context.print(changed, () => fill(disabled ? text.user_disabled : text.user_enabled, { email: changed.email }));
  return exitCodes.ok;
}

/** `cmem users password`. */
export async function userPasswordCommand(
  context: CliContext,
  user: string,
  { passwordFile }: UserPasswordOptions,
): Promise<number> {
  const client = connectWorker(context);
  const { id } = await userOf(client, user, context);
  const { password, isMade } = passwordOf(passwordFile, context);
  const changed = await client.call((api) => api.users.update.mutate({ id, change: { password } }));
  const text = textOf(context);
  const said = [
    fill(text.password_set, { email: changed.email }),
    ...(isMade ? [fill(text.password_made, { password })] : []),
  ];
  context.print(isMade ? { user: changed, password } : { user: changed }, () => said.join('\n'));
  return exitCodes.ok;
}

/** `cmem users role`: in one organisation, which has to be named for whoever is in several. */
export async function userRoleCommand(
  context: CliContext,
  word: string,
  roleName: string,
  { organization: named }: UserRoleOptions,
): Promise<number> {
  const role = oneOf(roles, roleName, context);
  const client = connectWorker(context);
  const user = await userOf(client, word, context);
  const place = named === undefined ? null : await organizationOf(client, named, context);
  const { organization } = membershipOf(user, place, context);
  const request = { id: organization.id, user_id: user.id, role };
  const member = await sayHowToKeepAnAdmin(context, () =>
    client.call((api) => api.organizations.setMember.mutate(request)),
  );
  const values = { email: printable(user.email), role, name: printable(organization.name) };
  context.print({ ...member, organization }, () => fill(textOf(context).role_set, values));
  return exitCodes.ok;
}

/** `cmem users delete`: out of every organisation, and gone. */
export async function deleteUserCommand(context: CliContext, word: string, options: ConfirmOptions): Promise<number> {
  const text = textOf(context);
  const client = connectWorker(context);
  const { id, email, memberships } = await userOf(client, word, context);
  const values = { email: printable(email), roles: rolesText(memberships) };
  assertConfirmed(context, options, fill(text.delete_user, values));
  await sayHowToKeepAnAdmin(context, () => client.call((api) => api.users.delete.mutate({ id })));
  context.print({ id, email, deleted: true }, () => fill(text.user_deleted, values));
  return exitCodes.ok;
}

function listed(users: readonly UserView[], context: CliContext): string {
  const text = textOf(context);
  if (users.length === 0) return text.none;
  return table([
    text.columns.users,
    ...users.map((user) => [
      user.id,
      printable(user.email),
      user.state,
      rolesText(user.memberships),
      user.last_login_at === null ? text.never : timeText(user.last_login_at),
      printable(user.name),
    ]),
  ]);
}

/** From a file, never from the command line, where every program of the machine reads it; else a new one of 144 bits. */
function passwordOf(file: string | undefined, context: CliContext): { password: string; isMade: boolean } {
  if (file === undefined) return { password: randomBytes(18).toString('base64url'), isMade: true };
  try {
    const text = readFileSync(file === '-' ? 0 : file, 'utf8');
    return { password: text.replace(/\r?\n$/, ''), isMade: false };
  } catch (cause) {
    const message = fill(textOf(context).unreadable, { file, reason: reasonOf(cause) });
    throw new CliError('PASSWORD_UNREADABLE', message, exitCodes.failed, { cause });
  }
}
