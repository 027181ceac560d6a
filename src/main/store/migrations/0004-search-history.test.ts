import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openWritable } from '../database.ts';
import { migrate } from '../migrate.ts';
import { createTagReader } from '../tables/observation-tags.ts';
import { temporaryFolder } from '../testing/temporary-store.ts';
import { migrations } from './index.ts';

// Catches a memory of before in which no tag can be searched.
it('makes tags of the concepts of rows that are there already', () => {
  const { dir, remove } = temporaryFolder();
  const { db, close } = openWritable(join(dir, 'memory.db'));
  try {
    migrate(db, join(dir, 'backups'), migrations.slice(0, 3));
    db.exec(`
      INSERT INTO projects VALUES (1, 'p', 'shop', '/shop', NULL, 0, 0);
      INSERT INTO sessions (pk, id, project_pk, agent, cwd, status, started_at, last_event_at)
        VALUES (1, 's', 1, 'claude-code', '/shop', 'active', 0, 0);
    `);
    const event = db.prepare(
      `INSERT INTO events (pk, event_key, source, source_rank, name, session_pk, occurred_at, received_at, original_bytes, payload)
       VALUES (?, randomblob(16), 'hook', 3, 'PostToolUse', 1, 0, 0, 2, '{}')`,
    );
    const observation = db.prepare(
      `INSERT INTO observations (pk, id, session_pk, project_pk, event_pk, type, title, concepts, importance, failed, occurred_at,
         term_count, revision) VALUES (?, ?, 1, 1, ?, 'change', 't', ?, 0.5, 0, 0, 1, 1)`,
    );
    const rows = ['["test","git"]', '[]', '["Test","数据库","test"]'];
    for (const [index, concepts] of rows.entries()) {
      event.run(index + 1);
      observation.run(index + 1, `o${index + 1}`, index + 1, concepts);
    }
    migrate(db, join(dir, 'backups'));
    const tags = createTagReader(db);
    const rowsWith = (name: string) => [...new Set(tags.rowsWithAny([name]))].toSorted((one, other) => one - other);
    expect([rowsWith('test'), rowsWith('git'), rowsWith('数据库'), rowsWith('none')]).toEqual([[1, 3], [1], [3], []]);
    db.exec('DELETE FROM sessions');
    expect(rowsWith('test')).toEqual([]);
  } finally {
    close();
    remove();
  }
});
