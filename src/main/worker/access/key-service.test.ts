import { expect, test } from 'vitest';
import { keyCreateInput } from '../../api/access-schemas.ts';
import { accessDesk } from './testing/access-desk.ts';

// Catches: an admin's key of an hour that turns a key without an end into one that it holds itself.
test('a key rotates none that lives longer or is quicker, and changing a name changes no bound', async () => {
  const desk = accessDesk();
  const ours = await desk.organization('ours');
  const { services } = desk;
  const inOurs = { ...desk.owner, organizationId: ours };
  const short = await services.keys.create(inOurs, {
    name: 'short',
    scopes: ['read', 'admin'],
    requests_per_minute: 60,
    expires_at: new Date(Date.now() + 3_600_000).toISOString(),
  });
  const caller = desk.access.callerOf(short.key);
  if (caller === null) throw new Error('The new key opens nothing.');
  const { id } = await desk.key(inOurs, ['read']);
  await expect(services.keys.rotate(caller, id, 0)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const unbound = { name: 'renamed', expires_at: null, requests_per_minute: null };
  expect(await services.keys.update(caller, id, { name: 'renamed' })).toMatchObject(unbound);
  expect((await services.keys.rotate(caller, short.api_key.id, 0))?.key).toMatch(/^cmk_/);
  await desk.close();
});

// Catches: a second rotation during the grace, whose key would end with it and nobody would know.
test('a key that was rotated works on for its grace, and is not rotated again but points to the next', async () => {
  const { services, access, owner, key, close } = accessDesk();
  const old = await key(owner, ['read']);
  const next = await services.keys.rotate(owner, old.id, 3_600);
  const shown = await services.keys.get(owner, old.id);
  expect(shown).toMatchObject({ state: 'active', replaced_by: next?.api_key.id });
  expect(next?.api_key).toMatchObject({ replaced_by: null, expires_at: null });
  await expect(services.keys.rotate(owner, old.id, 0)).rejects.toMatchObject({
    code: 'CONFLICT',
    message: expect.stringContaining(String(next?.api_key.id)) as unknown,
  });
  expect(access.callerOf(old.key)?.id).toBe(old.id);
  expect((await services.keys.rotate(owner, String(next?.api_key.id), 0))?.api_key.expires_at).toBeNull();
  await close();
});

// Catches: a key that is told once and opens nothing, because it ended before it was made.
test('no key is made that has ended: neither with a time that is past, nor of one that has expired', async () => {
  const { services, owner, key, close } = accessDesk();
  const past = { expires_at: new Date(Date.now() - 1).toISOString() };
  const wanted = { name: 'late', scopes: ['read'] };
  expect(keyCreateInput.safeParse({ ...wanted, ...past }).error?.issues).toMatchObject([{ path: ['expires_at'] }]);
  expect(keyCreateInput.safeParse({ ...wanted, expires_at: '2999-01-01T00:00:00Z' }).success).toBe(true);
  const { id } = await key(owner, ['read']);
  await services.keys.update(owner, id, past);
  await expect(services.keys.rotate(owner, id, 0)).rejects.toMatchObject({ code: 'CONFLICT' });
  await services.keys.update(owner, id, { expires_at: null });
  expect((await services.keys.rotate(owner, id, 0))?.api_key.state).toBe('active');
  await close();
});

// Catches: a right that was taken away and is back, because somebody else gave the key another name at the same moment.
test('of changes at once none takes back another', async () => {
  const { services, access, owner, key, close } = accessDesk();
  const { id } = await key(owner, ['read', 'write']);
  const expires_at = new Date(Date.now() + 3_600_000).toISOString();
  const changes = [{ scopes: ['read' as const] }, { name: 'other' }, { requests_per_minute: 60 }, { expires_at }];
  await Promise.all(changes.map((change) => services.keys.update(owner, id, change)));
  const changed = { scopes: ['read'], name: 'other', requests_per_minute: 60, expires_at };
  expect(await services.keys.get(owner, id)).toMatchObject(changed);
  expect(access.directory.key(id)).toMatchObject({ scopes: ['read'], name: 'other' });
  await close();
});

// Catches: a key that was revoked and lives on in one that was made of it meanwhile, and two that took the place of one.
test('what is rotated, changed or revoked at once is done one after the other', async () => {
  const { services, owner, key, close } = accessDesk();
  const conflict = { code: 'CONFLICT' };
  const { id } = await key(owner, ['read']);
  const rotations = await Promise.allSettled([
    services.keys.rotate(owner, id, 60),
    services.keys.rotate(owner, id, 60),
  ]);
  expect(rotations).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: conflict }]);
  const lost = await key(owner, ['read']);
  const [, ...after] = await Promise.allSettled([
    services.keys.revoke(owner, lost.id),
    services.keys.rotate(owner, lost.id, 60),
    services.keys.update(owner, lost.id, { name: 'again' }),
  ]);
  expect(after).toMatchObject([{ reason: conflict }, { reason: conflict }]);
  await close();
});
