import { accessMessages } from '../../shared/messages/cli-access.ts';
import { fill } from '../../shared/messages/fill.ts';
import { refusals } from '../../shared/messages/refusals.ts';
import type { OrganizationRef, OrganizationView, Role, UserView } from '../../shared/access-views.ts';
import type { CliContext } from './cli-context.ts';
import { CliError, exitCodes } from './cli-error.ts';
import { printable } from './layout.ts';
import { everyRow } from './whole-list.ts';
import type { WorkerClient } from './worker-client.ts';

/** The user of that address or id. Throws `CliError`. */
export async function userOf(client: WorkerClient, user: string, context: CliContext): Promise<UserView> {
  const text = user.includes('@') ? user : undefined;
  const people = await everyRow((place) => client.call((api) => api.users.list.query({ text, ...place })));
  const found = people.find(({ id, email }) => id === user || isSame(email, user));
  if (found !== undefined) return found;
  throw new CliError('NOT_FOUND', fill(accessMessages[context.terminal.locale].no_user, { user: printable(user) }));
}

/** The organisation of that id, else of that name. Throws `CliError`, also when several have the name. */
export async function organizationOf(
  client: WorkerClient,
  organization: string,
  context: CliContext,
): Promise<OrganizationView> {
  const text = accessMessages[context.terminal.locale];
  const all = await everyRow((place) => client.call((api) => api.organizations.list.query(place)));
  const ofId = all.find(({ id }) => id === organization);
  if (ofId !== undefined) return ofId;
  const [found, ...others] = all.filter(({ name }) => isSame(name, organization));
  const values = { organization: printable(organization) };
  if (found === undefined) throw new CliError('NOT_FOUND', fill(text.no_organization, values));
  if (others.length === 0) return found;
  const ids = [found, ...others].map(({ id }) => id).join(', ');
  throw new CliError('USAGE', fill(text.several_organizations, { ...values, ids }), exitCodes.usage);
}

/** What the user is there; where nothing was named, the only organisation that the user is in. Throws `CliError`. */
export function membershipOf(
  user: UserView,
  organization: OrganizationRef | null,
  context: CliContext,
): UserView['memberships'][number] {
  const text = accessMessages[context.terminal.locale];
  const { email, memberships } = user;
  const [only, ...others] = memberships.filter(
    (place) => organization === null || place.organization.id === organization.id,
  );
  if (only === undefined) {
    const name = printable(organization?.name ?? '');
    throw new CliError('NOT_FOUND', fill(text.no_member, { email: printable(email), name }));
  }
  if (others.length === 0) return only;
  const message = fill(text.which_organization, { email: printable(email), names: namesOf(memberships) });
  throw new CliError('USAGE', message, exitCodes.usage);
}

/** `admin@The Team`, one for each organisation. */
export function rolesText(memberships: readonly { organization: OrganizationRef; role: Role }[]): string {
  return memberships.map(({ organization, role }) => `${role}@${printable(organization.name)}`).join(' ');
}

/** The last admin of an organisation stays one: adds what makes another one. */
export async function sayHowToKeepAnAdmin<T>({ terminal }: CliContext, change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (error) {
    const { lastAdmin } = refusals[terminal.locale].people;
    if (!(error instanceof CliError) || error.message !== lastAdmin) throw error;
    const message = fill(accessMessages[terminal.locale].another_admin, { refusal: lastAdmin });
    throw new CliError(error.code, message, error.exitCode, { cause: error });
  }
}

function namesOf(memberships: UserView['memberships']): string {
  return memberships.map(({ organization }) => printable(organization.name)).join(', ');
}

function isSame(one: string, other: string): boolean {
  const plain = (text: string) => text.normalize('NFC').toLowerCase();
  return plain(one) === plain(other);
}
