import { expect, test } from 'vitest';
import { accessDesk } from './testing/access-desk.ts';

// Catches: a window that shows people and keys as they were, and a reader of one organisation who hears ids of another.
test('every change is said in the log of the owner, and with its id where it belongs', async () => {
  const desk = accessDesk();
  const { services, owner, store, told } = desk;
  const mine = await desk.key(owner, ['read']);
  const theirs = await desk.organization('theirs');
  const person = await desk.person(theirs, 'admin');
  const other = await desk.person(theirs, 'user');
  told.length = 0;
  const key = await desk.key(person.caller, ['read']);
  await services.keys.rotate(person.caller, key.id, 60);
  await services.keys.revoke(owner, key.id);
  await services.keys.update(owner, mine.id, { name: 'mine' });
  await services.users.update(owner, other.id, { name: 'renamed' });
  await services.organizations.setMember(owner, 'default', { user_id: other.id, role: 'viewer' });
  await services.organizations.removeMember(owner, theirs, other.id);
  await services.organizations.update(owner, theirs, { name: 'renamed' });
  await services.organizations.delete(owner, theirs);
  const said = store.writable
    .prepare<[], { data: string }>("SELECT data FROM event_log WHERE type = 'access.changed' ORDER BY id")
    .all()
    .map(({ data }) => JSON.parse(data) as { what: string; id: string | null });
  await desk.close();
  const foreign = (what: string) => ({ what, id: null });
  expect(said).toEqual([
    { what: 'key', id: mine.id },
    foreign('organization'),
    foreign('user'),
    foreign('user'),
    foreign('key'),
    foreign('key'),
    foreign('key'),
    { what: 'key', id: mine.id },
    foreign('user'),
    { what: 'user', id: other.id },
    foreign('user'),
    foreign('organization'),
    foreign('organization'),
  ]);
  expect(told.every(({ organizationId }) => organizationId === theirs)).toBe(true);
  const whats = told.map(({ event }) => event.what);
  expect(whats, 'but of its own end').toEqual(['key', 'key', 'key', 'user', 'user', 'organization']);
});
