import type { Migration } from './migration.ts';

/** A key that was rotated works on for a while; what is made of it again must not end with that while. */
export const replacedKeys: Migration = {
  version: 15,
  name: 'replaced-keys',
  up: `
    -- replaced_by: the id of the key that took its place.
    ALTER TABLE api_keys ADD COLUMN replaced_by TEXT;
  `,
};
