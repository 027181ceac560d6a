import { learningCategories, type LearningCategory } from '../../../shared/learning-views.ts';
import type { ReadableDb } from '../../store/database.ts';

export interface RuleRow {
  id: string;
  category: LearningCategory;
  statement: string;
  /** Below the project's root, or absolute; null for the whole project or everywhere. */
  path: string | null;
  confidence: number;
  is_pinned: number;
}

export interface RememberedRow {
  id: string;
  type: string;
  text: string;
  importance: number;
  valid_from: number;
}

const mostRules = 60;
const mostMemories = 40;

/** What a project's sessions are told besides what happened: approved learnings, and memories that hold. */
export function createRuleRows(db: ReadableDb) {
  // Ordered by what does not change from use to use, so that the same state gives the same bytes.
  const rules = db.prepare<[object], Omit<RuleRow, 'category'> & { category: string }>(`
    SELECT id, category, statement, path, confidence, pinned AS is_pinned FROM learnings
    WHERE state = 'approved' AND merged_into IS NULL AND (scope = 'global' OR project_pk = @projectPk)
      AND (expires_at IS NULL OR expires_at > @now) AND coalesce(decided_at, created_at) > @since
    ORDER BY pinned DESC, confidence DESC, pk LIMIT ${mostRules}`);
  const memories = db.prepare<[object], RememberedRow>(`
    SELECT m.id, m.type, v.text, v.importance, v.valid_from
    FROM memories m JOIN memory_versions v ON v.memory_pk = m.pk AND v.version = m.version
    WHERE m.forgotten_at IS NULL AND m.archived_at IS NULL AND (m.project_pk IS NULL OR m.project_pk = @projectPk)
      AND (m.expires_at IS NULL OR m.expires_at > @now) AND m.updated_at > @since
    ORDER BY m.type = 'working' DESC, v.importance DESC, m.pk DESC LIMIT ${mostMemories}`);

  return {
    /** Approved since then. */
    rules: (projectPk: number, now: number, since = -1): RuleRow[] =>
      rules.all({ projectPk, now, since }).map((row) => ({
        ...row,
        category: learningCategories.find((known) => known === row.category) ?? 'fact',
      })),
    /** Remembered or revised since then. */
    memories: (projectPk: number, now: number, since = -1): RememberedRow[] => memories.all({ projectPk, now, since }),
  };
}
