import { afterAll, beforeAll, expect, test } from 'vitest';
import { type AccessDesk, accessDesk } from './testing/access-desk.ts';

let desk: AccessDesk;
beforeAll(() => void (desk = accessDesk()));
afterAll(() => desk.close());

const taken = { code: 'CONFLICT', message: 'There is an organisation with this name already.' };

// Catches: two tenants that nobody can tell apart in a list, and a key that is made for the wrong one.
test('a name belongs to one organisation, in whatever case, and is free again after it', async () => {
  const { organizations } = desk.services;
  const acme = await desk.organization('Acmé Größe');
  const other = await desk.organization('Other');
  for (const name of ['Acmé Größe', 'ACMÉ GRÖßE', 'acme\u0301 größe']) {
    await expect(organizations.create(desk.owner, { name }), name).rejects.toMatchObject(taken);
    await expect(organizations.update(desk.owner, other, { name }), name).rejects.toMatchObject(taken);
  }
  expect(await organizations.update(desk.owner, acme, { name: 'ACMÉ GRÖßE' })).toMatchObject({ name: 'ACMÉ GRÖßE' });
  expect(await organizations.update(desk.owner, 'none', { name: 'Other' })).toBeNull();
  await organizations.delete(desk.owner, acme);
  expect(await organizations.update(desk.owner, other, { name: 'Acmé Größe' })).toMatchObject({ id: other });
});

test('two that have one name from before keep it, and may be named anew', async () => {
  const { organizations } = desk.services;
  const [one, two] = [await desk.organization('Twin'), await desk.organization('Second')];
  desk.store.writable.prepare("UPDATE organizations SET name = 'Twin' WHERE id = ?").run(two);
  expect(await organizations.update(desk.owner, two, { name: 'Twin' })).toMatchObject({ name: 'Twin' });
  expect(await organizations.update(desk.owner, one, { name: 'First' })).toMatchObject({ name: 'First' });
});
