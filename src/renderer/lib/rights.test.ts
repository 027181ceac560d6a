import { afterEach, expect, test } from 'vitest';
import { scopesOfRole } from '../../shared/access-views.ts';
import { may, rightsOf, rightsStore } from './rights.ts';

const all = rightsStore.get();
afterEach(() => rightsStore.set(all));

// Catches: a window that hides from the owner what only the owner may, or shows it to an admin of an organisation.
test('the owner and the owner’s browsers may everything, an account what its scopes say', () => {
  for (const kind of ['owner', 'viewer'] as const) {
    rightsStore.set(rightsOf({ kind, scopes: [] }));
    expect([may('owner'), may('admin'), may('decide'), may(undefined)]).toEqual([true, true, true, true]);
  }
  rightsStore.set(rightsOf({ kind: 'user', scopes: [...scopesOfRole.admin] }));
  expect([may('owner'), may('admin'), may('decide')]).toEqual([false, true, true]);
  rightsStore.set(rightsOf({ kind: 'user', scopes: [...scopesOfRole.viewer] }));
  expect([may('read'), may('write'), may('spend'), may('admin'), may(undefined)]).toEqual([
    true,
    false,
    false,
    false,
    true,
  ]);
});
