import type {
  LearningAction,
  LearningChange,
  LearningDetail,
  LearningEvidence,
  LearningView,
} from '../../../shared/learning-views.ts';
import { learningActions } from '../../../shared/learning-views.ts';
import type { LearningListRequest } from '../../api/understanding-services.ts';
import { covers } from '../../memory/learnings/compare-drafts.ts';
import { compare, type ReadStatement } from '../../memory/learnings/relation.ts';
import { searchPieces } from '../../memory/learnings/search-pieces.ts';
import type { ReadableDb } from '../../store/database.ts';
import { createChangeReader, type ChangeRow } from '../../store/tables/learning-changes.ts';
import { createConflictReader } from '../../store/tables/learning-conflicts.ts';
import { createEvidenceReader } from '../../store/tables/learning-evidence.ts';
import { createKnownLearnings } from '../../store/tables/learning-known.ts';
import { createLearningList } from '../../store/tables/learning-list.ts';
import { createLearningReader } from '../../store/tables/learnings.ts';
import { createProjectReader } from '../../store/tables/projects.ts';
import { isoTime } from '../../store/times.ts';

const mostSimilar = 5;
/** Below what merges by itself: a person may see more than a rule. */
const leastSimilar = 0.45;
const mostCompared = 5_000;

/** Learnings as people see them. */
export function createLearningViews(
  db: ReadableDb,
  read: (learning: { pk: number | null; statement: string }) => ReadStatement,
) {
  const list = createLearningList(db);
  const rows = createLearningReader(db);
  const evidence = createEvidenceReader(db);
  const conflicts = createConflictReader(db);
  const changes = createChangeReader(db);
  const known = createKnownLearnings(db);
  const projects = createProjectReader(db);

  function conflictsOf(pk: number): LearningDetail['conflicts'] {
    return conflicts
      .of(pk)
      .filter(({ settled_at }) => settled_at === null)
      .flatMap(({ one_pk, other_pk, similarity, newer_pk }) => {
        const learning = list.byPk(one_pk === pk ? other_pk : one_pk);
        if (learning === null) return [];
        const supersede =
          newer_pk === null ? {} : { supersede: newer_pk === pk ? ('other' as const) : ('this' as const) };
        return [{ learning, similarity: rounded(similarity), ...supersede }];
      })
      .toSorted((a, b) => b.similarity - a.similarity);
  }

  function similarTo(pk: number): LearningDetail['similar'] {
    const row = rows.byPk(pk);
    if (row === null) return [];
    const own = { ...row, projectPk: row.project_pk };
    const statement = read(row);
    return known
      .believed(mostCompared)
      .filter((other) => other.pk !== pk && (covers(other, own) || covers(own, other)))
      .flatMap((other) => {
        const { kind, similarity } = compare(statement, read(other));
        return kind === 'contradiction' || (kind === 'different' && similarity < leastSimilar)
          ? []
          : [{ pk: other.pk, similarity }];
      })
      .toSorted((a, b) => b.similarity - a.similarity)
      .slice(0, mostSimilar)
      .flatMap(({ pk: other, similarity }) => {
        const learning = list.byPk(other);
        return learning === null ? [] : [{ learning, similarity: rounded(similarity) }];
      });
  }

  return {
    /** Rejects with `CursorError`. */
    learningList: ({ text, ...request }: LearningListRequest) =>
      list.page({ ...request, pieces: searchPieces(text ?? '') }),
    learningCounts: (projectId: string | null) => list.counts(projectId),
    learningsById: (ids: string[]): LearningView[] => ids.flatMap((id) => list.get(id) ?? []),
    /** What an export says, and what it was asked for that there is not. */
    learningsApproved(which: { projectId: string | null; ids: string[] | null }) {
      const learnings = list.approved(which);
      const approved = new Set(learnings.map(({ id }) => id));
      return {
        learnings,
        missing: {
          project: which.projectId !== null && projects.find(which.projectId) === null,
          ids: (which.ids ?? []).filter((id) => !approved.has(id)),
        },
      };
    },
    learningDetail(id: string): LearningDetail | null {
      const row = rows.byId(id);
      const view = row === null ? null : list.byPk(row.pk);
      if (row === null || view === null) return null;
      return {
        ...view,
        evidence: evidence.told(row.pk).map((found): LearningEvidence => ({
          role: found.role === 'contradicts' ? 'contradicts' : 'supports',
          quote: found.quote,
          observation_id: found.observation_id,
          session_id: found.session_id,
          session_title: found.title,
          occurred_at: isoTime(found.occurred_at),
        })),
        conflicts: conflictsOf(row.pk),
        similar: similarTo(row.pk),
        history: changes.of(row.pk).map(toChange),
      };
    },
  };
}

function rounded(share: number): number {
  return Math.round(share * 1_000) / 1_000;
}

function toChange(row: ChangeRow): LearningChange {
  const action: LearningAction = learningActions.find((known) => known === row.action) ?? 'edit';
  return {
    batch_id: row.batch_id,
    action,
    actor: row.actor === 'job' || row.actor === 'rule' ? row.actor : 'person',
    // Of an undo it says what was undone, which is nothing to read.
    note: action === 'undo' ? null : row.note,
    at: isoTime(row.changed_at),
    undone: row.undone_at !== null,
  };
}
