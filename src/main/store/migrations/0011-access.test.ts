import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openWritable, type OpenDatabase, type WritableDb } from '../database.ts';
import { migrate } from '../migrate.ts';
import { readAccessStart } from '../tables/access-start.ts';
import { createApiKeyWriter } from '../tables/api-keys.ts';
import { temporaryFolder } from '../testing/temporary-store.ts';
import { migrations } from './index.ts';

const soon = Date.now() + 1_000_000;

let folder: ReturnType<typeof temporaryFolder>;
let file: OpenDatabase<WritableDb>;
beforeEach(() => {
  folder = temporaryFolder();
  file = openWritable(join(folder.dir, 'memory.db'));
  migrate(file.db, join(folder.dir, 'backups'), migrations.slice(0, 10));
  file.db.exec(`
    INSERT INTO projects VALUES (1, 'p', 'shop', '/shop', NULL, 0, 9);
    INSERT INTO api_keys VALUES ('a', 'viewer', x'0a0b', '["owner"]', 5, ${soon}), ('b', 'viewer', x'0c0d', '["owner"]', 6, 7);`);
});
afterEach(() => {
  file.close();
  folder.remove();
});

// Catches: browsers that are let in no more after an update, and a key of theirs that became one for programs.
it('keeps the keys of viewers, and lets new ones beside them', () => {
  const { db } = file;
  migrate(db, join(folder.dir, 'backups'));
  expect(
    db.prepare('SELECT id, kind, organization_id, hex(key_hash) AS hash, created_at, expires_at FROM api_keys').all(),
  ).toEqual([
    { id: 'a', kind: 'viewer', organization_id: 'default', hash: '0A0B', created_at: 5, expires_at: soon },
    { id: 'b', kind: 'viewer', organization_id: 'default', hash: '0C0D', created_at: 6, expires_at: 7 },
  ]);
  const start = readAccessStart(db, Date.now(), 0);
  expect(start.viewerKeys).toEqual([{ keyHash: Buffer.from([0x0a, 0x0b]), expiresAt: soon }]);
  expect(start).toMatchObject({
    keys: [],
    users: [],
    endedLogins: [],
    organizations: [{ id: 'default', name: 'Default' }],
  });
  const keys = createApiKeyWriter(db);
  keys.insert(
    {
      id: 'k',
      name: 'a program',
      keyHash: new Uint8Array([1]),
      organizationId: 'default',
      scopes: ['read'],
      requestsPerMinute: null,
      expiresAt: null,
      makerId: null,
      prefix: 'cmk_',
      createdBy: 'owner',
    },
    9,
  );
  expect(readAccessStart(db, Date.now(), 0)).toMatchObject({ keys: [{ id: 'k', scopes: ['read'] }], viewerKeys: [{}] });
  expect(() =>
    db.exec(`INSERT INTO api_keys (id, kind, organization_id, name, prefix, key_hash, scopes, created_by, created_at)
    VALUES ('x', 'viewer', 'nowhere', '', '', x'01ff', '[]', 'owner', 1)`),
  ).toThrow(/FOREIGN KEY/);
  expect(db.pragma('foreign_key_check')).toEqual([]);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
});
