import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Caller } from '../../access/caller.ts';
import type { Scope } from '../../../shared/access-views.ts';
import { type AccessDesk, accessDesk, goodPassword } from './testing/access-desk.ts';

type Person = Awaited<ReturnType<AccessDesk['person']>>;
type Key = Awaited<ReturnType<AccessDesk['key']>>;

interface Cast {
  desk: AccessDesk;
  ours: string;
  theirs: string;
  /** Of ours. */
  admin: Person;
  other: Person;
  user: Person;
  /** In both. */
  both: Person;
  stranger: Person;
  strangersKey: Key;
  ownersKey: Key;
  /** A key with the scope admin that may not write. */
  clerk: Key;
}

let cast: Cast;
beforeAll(async () => {
  const desk = accessDesk();
  const ours = await desk.organization('ours');
  const theirs = await desk.organization('theirs');
  const admin = await desk.person(ours, 'admin');
  const stranger = await desk.person(theirs, 'admin');
  const both = await desk.person(theirs, 'admin', 'both');
  await desk.services.organizations.setMember(desk.owner, ours, { user_id: both.id, role: 'user' });
  cast = {
    desk,
    ours,
    theirs,
    admin,
    other: await desk.person(ours, 'admin', 'other admin'),
    user: await desk.person(ours, 'user'),
    both,
    stranger,
    strangersKey: await desk.key(stranger.caller, ['read']),
    ownersKey: await desk.key({ ...desk.owner, organizationId: ours }, ['read', 'write', 'admin', 'decide']),
    clerk: await desk.key(admin.caller, ['read', 'admin']),
  };
});
afterAll(() => cast.desk.close());

const clerkOf = ({ clerk }: Cast): Caller => {
  const caller = clerk.caller();
  if (caller === null) throw new Error('The key of the clerk opens nothing.');
  return caller;
};
const newUser = { email: 'new@example.com', name: 'new', password: goodPassword };

const forbidden = 'FORBIDDEN';
const attempts: [what: string, outcome: string | null | false, act: (cast: Cast) => Promise<unknown>][] = [
  // Catches: rights that grow by handing them on.
  [
    'a key gives a key more scopes',
    forbidden,
    (c) => c.desk.services.keys.create(clerkOf(c), { name: 'k', scopes: ['read', 'write'] }),
  ],
  [
    'a key gives its own key more scopes',
    forbidden,
    (c) => c.desk.services.keys.update(clerkOf(c), c.clerk.id, { scopes: ['read', 'admin', 'write'] }),
  ],
  ['a key rotates a stronger one', forbidden, (c) => c.desk.services.keys.rotate(clerkOf(c), c.ownersKey.id, 0)],
  [
    'a key changes a stronger one',
    forbidden,
    (c) => c.desk.services.keys.update(clerkOf(c), c.ownersKey.id, { name: 'mine' }),
  ],
  ['a key makes an admin', forbidden, (c) => c.desk.services.users.create(clerkOf(c), { ...newUser, role: 'admin' })],
  [
    'a key makes an admin of a user',
    forbidden,
    (c) => c.desk.services.users.update(clerkOf(c), c.user.id, { role: 'admin' }),
  ],
  [
    'a key makes a member an admin',
    forbidden,
    (c) => c.desk.services.organizations.setMember(clerkOf(c), c.ours, { user_id: c.user.id, role: 'admin' }),
  ],
  [
    'a key sets the password of an admin',
    forbidden,
    (c) => c.desk.services.users.update(clerkOf(c), c.admin.id, { password: goodPassword }),
  ],
  [
    'a key takes an admin its role',
    forbidden,
    (c) => c.desk.services.users.update(clerkOf(c), c.admin.id, { role: 'viewer' }),
  ],
  // Catches: an admin who acts in another organisation through somebody that is in both.
  [
    'an admin sets the password of one who is in another organisation too',
    forbidden,
    (c) => c.desk.services.users.update(c.admin.caller, c.both.id, { password: goodPassword }),
  ],
  [
    '… or the address',
    forbidden,
    (c) => c.desk.services.users.update(c.admin.caller, c.both.id, { email: 'x@example.com' }),
  ],
  [
    '… or locks that one out',
    forbidden,
    (c) => c.desk.services.users.update(c.admin.caller, c.both.id, { disabled: true }),
  ],
  [
    'an admin names another organisation for a user',
    forbidden,
    (c) => c.desk.services.users.create(c.admin.caller, { ...newUser, role: 'user', organization_id: c.theirs }),
  ],
  [
    'an admin names another organisation for a key',
    forbidden,
    (c) => c.desk.services.keys.create(c.admin.caller, { name: 'k', scopes: ['read'], organization_id: c.theirs }),
  ],
  // Catches: what is not to be seen and yet answers.
  ['an admin reads a stranger', null, (c) => c.desk.services.users.get(c.admin.caller, c.stranger.id)],
  [
    'an admin changes a stranger',
    null,
    (c) => c.desk.services.users.update(c.admin.caller, c.stranger.id, { name: 'x' }),
  ],
  ['an admin deletes a stranger', false, (c) => c.desk.services.users.delete(c.admin.caller, c.stranger.id)],
  [
    'an admin pulls a stranger in',
    null,
    (c) => c.desk.services.organizations.setMember(c.admin.caller, c.ours, { user_id: c.stranger.id, role: 'user' }),
  ],
  ['an admin reads the other organisation', null, (c) => c.desk.services.organizations.get(c.admin.caller, c.theirs)],
  [
    'an admin renames the other organisation',
    null,
    (c) => c.desk.services.organizations.update(c.admin.caller, c.theirs, { name: 'x' }),
  ],
  [
    'an admin reads the other members',
    null,
    (c) => c.desk.services.organizations.members(c.admin.caller, c.theirs, { limit: 10 }),
  ],
  [
    'an admin joins the other organisation',
    null,
    (c) => c.desk.services.organizations.setMember(c.admin.caller, c.theirs, { user_id: c.admin.id, role: 'admin' }),
  ],
  [
    'an admin removes a member over there',
    false,
    (c) => c.desk.services.organizations.removeMember(c.admin.caller, c.theirs, c.both.id),
  ],
  ['an admin reads a key over there', null, (c) => c.desk.services.keys.get(c.admin.caller, c.strangersKey.id)],
  ['an admin revokes a key over there', null, (c) => c.desk.services.keys.revoke(c.admin.caller, c.strangersKey.id)],
  ['an admin rotates a key over there', null, (c) => c.desk.services.keys.rotate(c.admin.caller, c.strangersKey.id, 0)],
  [
    'the owner, acting in ours, reads a stranger',
    null,
    (c) => c.desk.services.users.get({ ...c.desk.owner, organizationId: c.ours }, c.stranger.id),
  ],
  // Catches: an organisation that nobody can manage any more.
  [
    'the last admin is made a viewer',
    'CONFLICT',
    (c) =>
      lastAdmin(c, (id, org) =>
        c.desk.services.organizations.setMember(c.desk.owner, org, { user_id: id, role: 'viewer' }),
      ),
  ],
  [
    'the last admin is removed',
    'CONFLICT',
    (c) => lastAdmin(c, (id, org) => c.desk.services.organizations.removeMember(c.desk.owner, org, id)),
  ],
  [
    'the last admin is disabled',
    'CONFLICT',
    (c) => lastAdmin(c, (id) => c.desk.services.users.update(c.desk.owner, id, { disabled: true })),
  ],
  [
    'the last admin is deleted',
    'CONFLICT',
    (c) => lastAdmin(c, (id) => c.desk.services.users.delete(c.desk.owner, id)),
  ],
  [
    "the owner's organisation is deleted",
    forbidden,
    (c) => c.desk.services.organizations.delete(c.desk.owner, 'default'),
  ],
  [
    'an address is given twice',
    'CONFLICT',
    (c) => c.desk.services.users.create(c.desk.owner, { ...newUser, email: c.user.email.toUpperCase(), role: 'user' }),
  ],
  [
    'a key changes a password',
    forbidden,
    (c) => c.desk.services.auth.changePassword(clerkOf(c), { current: goodPassword, next: goodPassword }),
  ],
];

async function lastAdmin(c: Cast, act: (userId: string, organizationId: string) => Promise<unknown>): Promise<unknown> {
  const organizationId = await c.desk.organization('small');
  const { id } = await c.desk.person(organizationId, 'admin');
  return act(id, organizationId);
}

test.each(attempts)('%s: %s', async (_what, outcome, act) => {
  if (typeof outcome === 'string') await expect(act(cast)).rejects.toMatchObject({ code: outcome });
  else expect(await act(cast)).toBe(outcome);
});

// Catches: an intruder whom the owner can neither lock out nor demote, because nobody else is an admin.
test('the owner takes the last admin out of the own organisation', async () => {
  const { services, owner, person } = cast.desk;
  const { id } = await person('default', 'admin');
  expect(await services.users.update(owner, id, { disabled: true })).toMatchObject({ state: 'disabled' });
  expect(await services.users.update(owner, id, { disabled: false, role: 'viewer' })).toMatchObject({
    state: 'active',
  });
  expect(await services.users.delete(owner, id)).toBe(true);
});

// Catches: lists that tell of the people, keys and organisations of others.
test('lists hold what is one’s own', async () => {
  const { desk, admin, both, ours, theirs, strangersKey } = cast;
  const { users, keys, organizations } = desk.services;
  const seen = await users.list(admin.caller, { limit: 100 });
  expect(seen.data.every((user) => user.memberships.every(({ organization }) => organization.id === ours))).toBe(true);
  expect(seen.data.map(({ id }) => id)).toContain(both.id);
  expect(seen.data.map(({ id }) => id)).not.toContain(cast.stranger.id);
  expect((await keys.list(admin.caller, { limit: 100 })).data.map(({ id }) => id)).not.toContain(strangersKey.id);
  expect((await organizations.list(admin.caller, { limit: 100 })).data.map(({ id }) => id)).toEqual([ours]);
  expect((await organizations.list(both.caller, { limit: 100 })).data.map(({ id }) => id).toSorted()).toEqual(
    [ours, theirs].toSorted(),
  );
  const all = await keys.list(desk.owner, { limit: 100 });
  expect(all.data.map(({ id }) => id)).toEqual(expect.arrayContaining([strangersKey.id, cast.clerk.id]));
  expect(JSON.stringify(all)).not.toContain(strangersKey.key);
  const first = await users.list(desk.owner, { limit: 2 });
  const second = await users.list(desk.owner, { limit: 2, cursor: first.pagination.next_cursor ?? '' });
  expect(first.pagination.total).toBe(second.pagination.total);
  expect(first.data.map(({ id }) => id)).not.toEqual(second.data.map(({ id }) => id));
});

const everything: Scope[] = ['read', 'write', 'admin'];

// Catches: a key that keeps what whoever made it has lost.
test('a key has no more than its maker has at this moment', async () => {
  const { desk } = cast;
  const { services, access } = desk;
  const organizationId = await desk.organization('shrinking');
  await desk.person(organizationId, 'admin');
  const maker = await desk.person(organizationId, 'admin');
  const key = await desk.key(maker.caller, everything);
  const child = await desk.key(key.caller() ?? desk.owner, ['read', 'write']);
  expect([...(child.caller()?.scopes ?? [])]).toEqual(['read', 'write']);
  await services.organizations.setMember(desk.owner, organizationId, { user_id: maker.id, role: 'viewer' });
  expect([...(child.caller()?.scopes ?? [])]).toEqual(['read']);
  expect([...(desk.restarted().callerOf(child.key)?.scopes ?? [])]).toEqual(['read']);
  await services.organizations.setMember(desk.owner, organizationId, { user_id: maker.id, role: 'admin' });
  const next = await services.keys.rotate(desk.owner, key.id, 0);
  expect(access.callerOf(key.key)).toBeNull();
  expect([...(access.callerOf(next?.key ?? '')?.scopes ?? [])]).toEqual(everything);
  expect([...(child.caller()?.scopes ?? [])], 'what it made is the new one’s').toEqual(['read', 'write']);
  await services.users.update(desk.owner, maker.id, { disabled: true });
  expect(child.caller()).toBeNull();
  await services.users.update(desk.owner, maker.id, { disabled: false });
  expect(child.caller()).not.toBeNull();
  await services.keys.revoke(desk.owner, next?.api_key.id ?? '');
  expect(child.caller(), 'revoked with its maker').toBeNull();
  const view = await services.keys.get(desk.owner, child.id);
  expect(view).toMatchObject({ state: 'revoked', created_by: 'a key' });
  expect(desk.restarted().callerOf(child.key)).toBeNull();
});

// Catches: a door that stays open for those whose organisation is gone.
test('an organisation goes with its keys, its people and its memory', async () => {
  const { desk } = cast;
  const organizationId = await desk.organization('passing');
  const person = await desk.person(organizationId, 'admin');
  const key = await desk.key(person.caller, ['read']);
  expect(desk.access.inOrganization(desk.owner, organizationId)).toMatchObject({ kind: 'owner', organizationId });
  expect(await desk.services.organizations.delete(desk.owner, organizationId)).toBe(true);
  expect(desk.dropped).toEqual([organizationId]);
  expect(key.caller()).toBeNull();
  expect(desk.access.current(person.caller)).toBeNull();
  expect(desk.access.inOrganization(desk.owner, organizationId)).toBeNull();
  expect(await desk.services.users.get(desk.owner, person.id)).toBeNull();
  await expect(desk.login(person.email)).rejects.toMatchObject({ code: 'UNAUTHORIZED' });
  expect(await desk.services.organizations.delete(desk.owner, organizationId)).toBe(false);
});
