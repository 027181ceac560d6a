import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLearningHistory } from '../../worker/understanding/learning-history.ts';
import { openWritable, type OpenDatabase, type WritableDb } from '../database.ts';
import { migrate } from '../migrate.ts';
import { temporaryFolder } from '../testing/temporary-store.ts';
import { migrations } from './index.ts';

let folder: ReturnType<typeof temporaryFolder>;
let file: OpenDatabase<WritableDb>;
beforeEach(() => {
  folder = temporaryFolder();
  file = openWritable(join(folder.dir, 'memory.db'));
  migrate(file.db, join(folder.dir, 'backups'), migrations.slice(0, 15));
});
afterEach(() => {
  file.close();
  folder.remove();
});

const columns = `id, category, statement, language, scope, state, confidence, source, origin, created_at, updated_at`;
const all = <Row>(sql: string) => file.db.prepare<[], Row>(sql).all();

/** A learning that was approved and one that was deleted, written down as the version before did it. */
function fillBefore(): void {
  file.db.exec(`
    INSERT INTO learnings (pk, ${columns}) VALUES (1, 'kept', 'fact', '用 "WAL" 模式 \\', 'zh', 'global', 'proposed', 0.1, 'fix', 'f', 1, 1),
      (2, 'gone', 'fact', 'It is over.', 'en', 'global', 'approved', 0.30000000000000004, 'person', 'p', 2, 2);`);
  const [kept, gone] = all<{ pk: number }>('SELECT * FROM learnings ORDER BY pk');
  const hanging = { evidence: [], conflicts: [], origins: [], successorOf: [] };
  const add = file.db.prepare(
    `INSERT INTO learning_changes (batch_id, learning_pk, action, actor, before, after, changed_at) VALUES (?, ?, ?, 'person', ?, ?, 3)`,
  );
  const approved = { ...kept, state: 'approved', decided_at: 3, updated_at: 3 };
  add.run(
    'approved',
    1,
    'approve',
    JSON.stringify({ row: kept, ...hanging }),
    JSON.stringify({ row: approved, ...hanging }),
  );
  add.run('deleted', 2, 'delete', JSON.stringify({ row: gone, ...hanging }), null);
  add.run('erased', 3, 'edit', null, null);
  const [change] = all<{ pk: number }>('SELECT * FROM learning_changes ORDER BY pk LIMIT 1');
  file.db.exec(`
    UPDATE learnings SET state = 'approved', decided_at = 3, updated_at = 3 WHERE pk = 1;
    DELETE FROM learnings WHERE pk = 2;
    INSERT INTO projects VALUES (1, 'p', 'shop', '/p', NULL, 0, 9);
    INSERT INTO deletions (pk, kind, id, session_id, session_pk, project_pk, deleted_at) VALUES (1, 'session', 's', 's', 1, 1, 1);`);
  const keep = file.db.prepare(`INSERT INTO deleted_rows (deletion_pk, origin, action, content) VALUES (1, ?, ?, ?)`);
  keep.run('learnings', 'deleted', JSON.stringify(gone));
  keep.run('learning_changes', 'changed', JSON.stringify(change));
  keep.run('learning_changes', 'changed', JSON.stringify({ ...change, before: null }));
  keep.run('prompts', 'deleted', '{"pk":1}');
}

// Catches: a history of before that cannot be undone any more, as its rows are without the new column; and one that puts in other values.
test('learnings of before have no tags, and what was done to them is undone', () => {
  fillBefore();
  const before = all<object>('SELECT * FROM learnings');
  migrate(file.db, join(folder.dir, 'backups'));
  expect(all('SELECT * FROM learnings')).toEqual(before.map((row) => ({ ...row, tags: '[]' })));
  const history = createLearningHistory(file.db);
  const undo = (batch: string) =>
    file.db.transaction(() => history.undo(batch, { id: `undo ${batch}`, actor: 'person', at: 9 }))();
  undo('approved');
  undo('deleted');
  expect(all('SELECT id, statement, state, confidence, tags FROM learnings ORDER BY pk')).toEqual([
    { id: 'kept', statement: '用 "WAL" 模式 \\', state: 'proposed', confidence: 0.1, tags: '[]' },
    { id: 'gone', statement: 'It is over.', state: 'approved', confidence: 0.30000000000000004, tags: '[]' },
  ]);
  expect(() => undo('erased')).toThrow(/was deleted since/);
  undo('undo approved');
  expect(all('SELECT state FROM learnings WHERE pk = 1')).toEqual([{ state: 'approved' }]);
});

// Catches: a deleted session whose learnings do not come back, and a history within it that is an object where text belongs.
test('what lies in deletions of before can be put back', () => {
  fillBefore();
  const contents = () =>
    all<{ content: string }>('SELECT content FROM deleted_rows ORDER BY pk').map(
      ({ content }) => JSON.parse(content) as Record<string, unknown>,
    );
  const [gone, change, erased, other] = contents();
  migrate(file.db, join(folder.dir, 'backups'));
  const tagged = (json: unknown) => {
    const { row, ...rest } = JSON.parse(String(json)) as { row: object };
    return JSON.stringify({ row: { ...row, tags: '[]' }, ...rest });
  };
  expect(contents()).toEqual([
    { ...gone, tags: '[]' },
    { ...change, before: tagged(change?.['before']), after: tagged(change?.['after']) },
    { ...erased, before: null, after: tagged(erased?.['after']) },
    other,
  ]);
});
