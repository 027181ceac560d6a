import type { LearningCategory, LearningState } from '../../../shared/learning-views.ts';
import type { MemoryType } from '../../../shared/note-views.ts';
import type { KnownHit } from '../../../shared/search-views.ts';
import type { ReadableDb } from '../../store/database.ts';
import { isGroundless } from '../../store/tables/learning-evidence.ts';

export interface KnowledgeRow {
  kind: KnownHit['kind'];
  id: string;
  text: string;
  category: LearningCategory | MemoryType;
  state: LearningState | null;
  project_id: string | null;
  project_name: string | null;
  expires_at: number | null;
}

/** What may be told of learnings and memories: proposed or approved, neither forgotten nor archived. */
export function createKnowledgeRows(db: ReadableDb) {
  // Every change of a learning is written down, also an undo, which puts back the old `updated_at`; what goes with a project or
  // an observation shows in the count.
  const version = db
    .prepare<[], string>(
      `SELECT (SELECT count(*) FROM learnings) || ' ' || (SELECT coalesce(max(pk), 0) FROM learning_changes) || ' ' ||
         (SELECT count(*) || ' ' || coalesce(max(updated_at), 0) FROM memories) || ' ' ||
         (SELECT count(*) || ' ' || coalesce(max(marked_at), 0) FROM observation_marks) || ' ' ||
         (SELECT count(*) || ' ' || coalesce(max(marked_at), 0) FROM session_marks)`,
    )
    .pluck();
  const learnings = db.prepare<[], KnowledgeRow>(`
    SELECT 'learning' AS kind, l.id, iif(l.detail IS NULL, l.statement, l.statement || char(10) || l.detail) AS text, l.category,
      l.state, p.id AS project_id, p.name AS project_name, l.expires_at
    FROM learnings l LEFT JOIN projects p ON p.pk = l.project_pk
    WHERE l.state IN ('approved', 'proposed') AND l.merged_into IS NULL AND NOT ${isGroundless} ORDER BY l.pk`);
  const memories = db.prepare<[], KnowledgeRow>(`
    SELECT 'memory' AS kind, m.id, v.text, m.type AS category, NULL AS state, p.id AS project_id, p.name AS project_name,
      m.expires_at
    FROM memories m JOIN memory_versions v ON v.memory_pk = m.pk AND v.version = m.version
      LEFT JOIN projects p ON p.pk = m.project_pk
    WHERE m.forgotten_at IS NULL AND m.archived_at IS NULL ORDER BY m.pk`);

  return {
    /** Differs from before when something may have changed. */
    version: () => version.get() ?? '',
    all: (): KnowledgeRow[] => [...learnings.all(), ...memories.all()],
  };
}
