import type { Contract } from '../../e2e/contract-client.ts';
import type { ApiKeyView, NewApiKey, OrganizationView } from '../../src/shared/access-views.ts';
import type { Page } from '../../src/shared/views.ts';

const password = 'correct horse battery';

/** Keys of programs, one of them revoked, and two organisations with people; made once. */
export async function seedAccess(contract: Contract): Promise<void> {
  const keys = await contract<Page<ApiKeyView>>('keys.list', { limit: 10 });
  if (keys.pagination.total > 0) return;
  const inDays = (days: number) => new Date(Date.now() + days * 24 * 60 * 60 * 1000).toISOString();
  await contract('keys.create', { name: 'Weekly report', scopes: ['read'], expires_at: inDays(90) });
  const { api_key } = await contract<NewApiKey>('keys.create', { name: 'Old laptop', scopes: ['read', 'capture'] });
  await contract('keys.revoke', { id: api_key.id });
  await contract('keys.create', {
    name: 'CI runner',
    scopes: ['read', 'write', 'capture'],
    requests_per_minute: 600,
    expires_at: inDays(365),
  });
  await contract('keys.create', { name: 'Phone approvals', scopes: ['read', 'decide'], expires_at: inDays(30) });
  const studio = await contract<OrganizationView>('organizations.create', { name: 'Studio North' });
  const people = [
    { name: 'Ada Okafor', email: 'ada@example.com', role: 'admin' },
    { name: 'Lin Wei', email: 'lin.wei@example.com', role: 'user' },
    { name: 'Sam Rivera', email: 'sam@example.com', role: 'viewer' },
  ];
  for (const person of people) {
    await contract('users.create', { ...person, password, organization_id: studio.id });
  }
}
