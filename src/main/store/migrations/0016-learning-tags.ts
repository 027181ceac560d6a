import type { Migration } from './migration.ts';

/** Tags of learnings, as memories have theirs. */
export const learningTags: Migration = {
  version: 16,
  name: 'learning-tags',
  up: `
    ALTER TABLE learnings ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';

    -- What undo puts back and compares with, and what comes back with a deleted session, are whole rows: without the new column
    -- nothing of before could be undone, and what was deleted could not be restored.
    UPDATE learning_changes SET before = json_set(before, '$.row.tags', '[]'), after = json_set(after, '$.row.tags', '[]');
    UPDATE deleted_rows SET content = json_set(content, '$.tags', '[]') WHERE origin = 'learnings';
    -- Here they are text within the row's JSON, which joining keeps them.
    UPDATE deleted_rows SET content = json_set(content,
      '$.before', '' || json_set(content ->> '$.before', '$.row.tags', '[]'),
      '$.after', '' || json_set(content ->> '$.after', '$.row.tags', '[]'))
    WHERE origin = 'learning_changes';
  `,
};
