import type { Migration } from './migration.ts';

/** Who may pass. In the files of other organisations than the owner's these tables are empty. */
export const access: Migration = {
  version: 11,
  name: 'access',
  up: `
    CREATE TABLE organizations (
      pk INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT;
    INSERT INTO organizations (id, name, created_at, updated_at)
      VALUES ('default', 'Default', unixepoch() * 1000, unixepoch() * 1000);

    -- password_hash: Argon2id in its own text form.
    CREATE TABLE users (
      pk INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      email TEXT NOT NULL UNIQUE COLLATE NOCASE,
      name TEXT NOT NULL,
      password_hash TEXT NOT NULL,
      failure_count INTEGER NOT NULL DEFAULT 0,
      locked_until INTEGER,
      disabled_at INTEGER,
      last_login_at INTEGER,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE members (
      organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
      user_pk INTEGER NOT NULL REFERENCES users (pk) ON DELETE CASCADE,
      role TEXT NOT NULL CHECK (role IN ('admin', 'user', 'viewer')),
      since INTEGER NOT NULL,
      PRIMARY KEY (organization_id, user_pk)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX members_by_user ON members (user_pk);

    -- One row a refresh token, as SHA-256; family: what came of one login. used_at is set when it was turned in.
    CREATE TABLE refresh_tokens (
      token_hash BLOB PRIMARY KEY,
      family TEXT NOT NULL,
      user_pk INTEGER NOT NULL REFERENCES users (pk) ON DELETE CASCADE,
      organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
      login_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      used_at INTEGER,
      revoked_at INTEGER
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX refresh_tokens_by_family ON refresh_tokens (family);
    CREATE INDEX refresh_tokens_by_user ON refresh_tokens (user_pk);
    CREATE INDEX refresh_tokens_by_organization ON refresh_tokens (organization_id);

    -- Viewers' keys lived here alone; keys of programs have a name, rights and limits besides.
    -- maker_id: the user or the key that made it, whose rights bound it; null for the owner. created_by: its name then.
    ALTER TABLE api_keys RENAME TO old_keys;
    CREATE TABLE api_keys (
      pk INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL CHECK (kind IN ('viewer', 'key')),
      organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
      name TEXT NOT NULL,
      prefix TEXT NOT NULL,
      key_hash BLOB NOT NULL UNIQUE,
      scopes TEXT NOT NULL,
      requests_per_minute INTEGER,
      maker_id TEXT,
      created_by TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      expires_at INTEGER,
      last_used_at INTEGER,
      revoked_at INTEGER
    ) STRICT;
    INSERT INTO api_keys (id, kind, organization_id, name, prefix, key_hash, scopes, created_by, created_at, expires_at)
      SELECT id, kind, 'default', 'viewer', '', key_hash, scopes, 'owner', created_at, expires_at FROM old_keys;
    DROP TABLE old_keys;
    CREATE INDEX api_keys_by_organization ON api_keys (organization_id, pk DESC);
    CREATE INDEX api_keys_by_maker ON api_keys (maker_id) WHERE maker_id IS NOT NULL;

    -- count: how many refusals of the same kind one row stands for.
    CREATE TABLE audit_logs (
      pk INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      at INTEGER NOT NULL,
      organization_id TEXT,
      actor_kind TEXT NOT NULL,
      actor_id TEXT,
      actor_name TEXT NOT NULL,
      action TEXT NOT NULL,
      target TEXT,
      outcome TEXT NOT NULL CHECK (outcome IN ('done', 'refused', 'failed')),
      code TEXT,
      address TEXT,
      request_id TEXT,
      count INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX audit_logs_by_organization ON audit_logs (organization_id, pk DESC);
  `,
};
