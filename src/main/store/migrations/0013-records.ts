import type { Migration } from './migration.ts';

/** What people delete can be taken back for a while; what was erased does not come back by an import. */
export const records: Migration = {
  version: 13,
  name: 'records',
  up: `
    ALTER TABLE sessions ADD COLUMN deleted_at INTEGER;
    ALTER TABLE observations ADD COLUMN deleted_at INTEGER;
    CREATE INDEX sessions_deleted ON sessions (deleted_at) WHERE deleted_at IS NOT NULL;
    CREATE INDEX observations_deleted ON observations (deleted_at) WHERE deleted_at IS NOT NULL;

    -- key: 'session:<id>' or 'event:<event key in hexadecimal>'.
    CREATE TABLE suppressions (
      key TEXT PRIMARY KEY,
      at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
