import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSharedModel } from '../../embed/static/shared-model.ts';
import { openStaticModel } from '../../embed/static/static-model.ts';
import { temporaryStore, type TemporaryStore } from '../../store/testing/temporary-store.ts';
import { createKnowledgeIndex, type KnowledgeIndex } from './knowledge-index.ts';

let store: TemporaryStore;
let index: KnowledgeIndex;

beforeEach(() => {
  store = temporaryStore();
  store.writable.exec(
    `INSERT INTO projects VALUES (1, 'shop', 'shop', '/shop', NULL, 0, 0), (2, 'blog', 'blog', '/blog', NULL, 0, 0)`,
  );
  const model = openStaticModel(createSharedModel('resources/embedder'));
  index = createKnowledgeIndex(store.readable, (text) => model.embed(text));
});
afterEach(() => store.close());

function believe(
  id: string,
  statement: string,
  { projectPk = 1, state = 'approved', expiresAt = null as number | null } = {},
) {
  store.writable
    .prepare(
      `INSERT INTO learnings (id, category, statement, language, scope, project_pk, state, confidence, source, origin, expires_at,
         created_at, updated_at) VALUES (?, 'fact', ?, 'en', 'project', ?, ?, 0.5, 'person', ?, ?, 0, ?)`,
    )
    .run(id, statement, projectPk, state, id, expiresAt, ++changes);
}
let changes = 0;

const ids = (text: string, projectId?: string, now = 0) =>
  index.find({ text, projectId, limit: 5, now }).map((known) => known.id);

test('finds by words and by meaning, across languages', () => {
  believe('wal', 'Always open SQLite in WAL mode.');
  believe('limit', 'The rate limiter counts per API key.');
  believe('deploy', 'Deploys go out on Tuesdays.');
  expect(ids('which mode does sqlite open in')[0]).toBe('wal');
  expect(ids('数据库 WAL 模式')[0]).toBe('wal');
  expect(ids('限流')[0]).toBe('limit');
  expect(ids('')).toEqual([]);
});

test('keeps to a project and to what holds', () => {
  believe('shop', 'Deploys go out on Tuesdays.');
  believe('blog', 'Deploys go out on Mondays.', { projectPk: 2 });
  believe('old', 'Deploys go out on Fridays.', { expiresAt: 1_000 });
  believe('no', 'Deploys go out on Sundays.', { state: 'rejected' });
  expect(ids('deploys', 'shop', 2_000)).toEqual(['shop']);
  expect(ids('deploys', undefined, 500).toSorted()).toEqual(['blog', 'old', 'shop']);
});

// Catches: an index that answers from what was there when it was first asked.
test('follows every change', () => {
  believe('one', 'Deploys go out on Tuesdays.');
  expect(ids('deploys')).toEqual(['one']);
  believe('two', 'Deploys need a green build.');
  expect(ids('deploys').toSorted()).toEqual(['one', 'two']);
  // As an undo does it: the time goes back.
  store.writable.exec(`UPDATE learnings SET statement = 'Releases need a tag.', updated_at = 0 WHERE id = 'two';
    INSERT INTO learning_changes (batch_id, learning_pk, action, actor, changed_at)
      SELECT 'b', pk, 'undo', 'person', 0 FROM learnings WHERE id = 'two'`);
  expect(ids('tag')).toEqual(['two']);
  store.writable.exec(`DELETE FROM learnings WHERE id = 'one'`);
  expect(ids('tuesdays')).toEqual([]);
});
