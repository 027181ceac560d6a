import { expect, test } from 'vitest';
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
