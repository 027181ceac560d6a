import type { ContextLine, ContextPreview } from '../../../shared/context-views.ts';
import type { SearchAnswer } from '../../../shared/search-views.ts';
import type { ReadableDb } from '../../store/database.ts';
import { assemble, nothing } from '../context/assemble.ts';
import { observationLine } from '../context/observation-lines.ts';
import { evidenceOf, leastEvidenceElsewhere, thresholdOf } from './evidence.ts';
import { createRecallRows, nothingSeen, type RecallRow } from './recall-rows.ts';
import { isWorthRecalling } from './worth-recalling.ts';

export const recallBudgetTokens = 400;
const mostLines = 5;
/** Of one session: what follows from each other is told by its best. */
const mostOfSession = 3;
const hitsConsidered = 30;
const hitsElsewhere = 10;
/** A vector says what the beginning is about, and a pasted log has no end. */
const promptRead = 4_000;

/** Searches the whole memory or one project for a prompt, by words and meaning; search/ gives the real one. */
export type FindRelated = (query: {
  text: string;
  /** Null for all projects. */
  projectId: string | null;
  limit: number;
}) => Pick<SearchAnswer, 'hits' | 'mode' | 'terms'>;

export interface RecallRequest {
  projectPk: number;
  sessionPk: number | null;
  prompt: string;
}

interface Found {
  row: RecallRow;
  evidence: number;
}

/** What earlier sessions know about a prompt; nothing when the evidence is weak, since silence beats a false memory. */
export function createRecall(db: ReadableDb) {
  const rows = createRecallRows(db);

  function found(answer: ReturnType<FindRelated>, least: number): Found[] {
    const count = rows.count();
    const strong = answer.hits
      .map((hit) => ({ id: hit.observation.id, evidence: evidenceOf(hit, answer, count) }))
      .filter(({ evidence }) => evidence >= least);
    const known = rows.observations(strong.map(({ id }) => id));
    return strong.flatMap(({ id, evidence }) => {
      const row = known.get(id);
      return row === undefined || row.is_unwanted === 1 ? [] : [{ row, evidence }];
    });
  }

  /** What other projects know; that the same was asked there says nothing here. */
  function elsewhere(text: string, findRelated: FindRelated): Found[] {
    const everywhere = findRelated({ text, projectId: null, limit: hitsElsewhere });
    return found(everywhere, leastEvidenceElsewhere).filter(({ row }) => row.type !== 'request');
  }

  return {
    build({ projectPk, sessionPk, prompt }: RecallRequest, findRelated: FindRelated): ContextPreview {
      const silence = nothing(recallBudgetTokens, true);
      if (!isWorthRecalling(prompt)) return silence;
      const text = prompt.slice(0, promptRead).toWellFormed();
      const seen = sessionPk === null ? nothingSeen : rows.seenBy(sessionPk);
      const here = findRelated({ text, projectId: rows.projectId(projectPk), limit: hitsConsidered });
      // The prompt itself is in the memory already, as the best hit of all.
      const known = found(here, thresholdOf(here)).filter(({ row }) => !seen.isOwn(row));
      const strong = known.length > 0 ? known : elsewhere(text, findRelated);
      const lines = spread(strong.filter(({ row }) => !seen.isTold(row)));
      return assemble({
        heading: 'Recorded in earlier sessions, perhaps related:',
        headings: {},
        lines: lines.map(({ row, evidence }) => toLine(row, evidence, projectPk)),
        budgetTokens: recallBudgetTokens,
        mostLines,
      });
    },
  };
}

/** The best first, a turn once and a session a few times. */
function spread(all: readonly Found[]): Found[] {
  const ofSession = new Map<number, number>();
  const turns = new Set<string>();
  return all
    .toSorted((one, other) => other.evidence - one.evidence || other.row.pk - one.row.pk)
    .filter(({ row }) => {
      const count = ofSession.get(row.session_pk) ?? 0;
      const turn = turnOf(row);
      if (count >= mostOfSession || turns.has(turn)) return false;
      turns.add(turn);
      ofSession.set(row.session_pk, count + 1);
      return true;
    });
}

/** A prompt and its answer are told by one line. */
function turnOf(row: RecallRow): string {
  return row.tool === null && row.prompt_id !== null ? `${row.session_pk} ${row.prompt_id}` : row.id;
}

/** A line of another project says whose it is, one of a prompt what came of it. */
function toLine(row: RecallRow, evidence: number, projectPk: number): ContextLine {
  const told = row.type === 'request' ? { ...row, subtitle: row.answered } : row;
  const parts = { section: 'recall', reason: 'matches_prompt', value: evidence / 3 } as const;
  return observationLine(told, parts, row.project_pk === projectPk ? null : row.project_name);
}
