import type { ContextLine, ContextPreview } from '../../../shared/context-views.ts';
import type { SearchAnswer } from '../../../shared/search-views.ts';
import type { ReadableDb } from '../../store/database.ts';
import { assemble, nothing } from '../context/assemble.ts';
import { candidate, type Candidate } from '../context/candidate.ts';
import { observationLine } from '../context/observation-lines.ts';
import { quoted } from '../context/quoted.ts';
import { ruleLabel } from '../context/rule-lines.ts';
import { createOutcomes, outcomeText } from '../outcome.ts';
import { evidenceOf, thresholdOf } from './evidence.ts';
import { createRecallRows, type RecallRow, type Seen } from './recall-rows.ts';
import { isWorthRecalling } from './worth-recalling.ts';

export const recallBudgetTokens = 400;
const mostLines = 5;
/** Of one session: what follows from each other is told by its best. */
const mostOfSession = 3;
const hitsConsidered = 30;
const mostBelieved = 2;
const longestOutcome = 200;
/**
 * Of a learning's sentence: 0.87 and more for prompts about it, 0.54 and less for others, by the prompts of bench/injection against
 * ten learnings of several kinds.
 */
const leastBelief = 0.82;
/** A vector says what the beginning is about, and a pasted log has no end. */
const promptRead = 4_000;

/** Searches one project for a prompt, by words and meaning; search/ gives the real one. */
export type FindRelated = (query: {
  text: string;
  projectId: string;
  limit: number;
}) => Pick<SearchAnswer, 'hits' | 'mode' | 'terms'>;

/** Approved learnings and memories that speak to a prompt, the surest first; search/ gives the real one. */
export type FindBelieved = (query: { text: string; projectId: string; limit: number }) => Believed[];

export interface Believed {
  kind: 'learning' | 'memory';
  id: string;
  text: string;
  category: string;
  /** Cosine, and the part of its own words that the prompt has. */
  evidence: number;
}

export interface RecallRequest {
  projectPk: number;
  sessionPk: number | null;
  prompt: string;
  /** Lines that the same answer carries before. */
  toldNow?: readonly ContextLine[];
}

interface Found {
  row: RecallRow;
  evidence: number;
}

/** What the project's memory knows about a prompt; nothing when the evidence is weak, since silence beats a false memory. */
export function createRecall(db: ReadableDb) {
  const rows = createRecallRows(db);
  const outcomes = createOutcomes(db);

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

  /** A line of a prompt or a failure says what came of it, unless that was told before. */
  function toLine({ row, evidence }: Found, section: 'recall' | 'progress', seen: Seen): Candidate {
    const parts = { section, reason: 'matches_prompt', value: evidence / 3 } as const;
    const brief = observationLine(row, parts);
    if (row.type !== 'request' && row.failed === 0) return brief;
    const answer = outcomes.answer(row.session_pk, row.prompt_id);
    if (answer !== null && seen.isSaid(answer)) return brief;
    const outcome = outcomeText(answer, answer === null ? outcomes.laterPass(row) : null, longestOutcome);
    return { ...observationLine(row, parts, outcome), brief };
  }

  return {
    build(
      { projectPk, sessionPk, prompt, toldNow = [] }: RecallRequest,
      findRelated: FindRelated,
      findBelieved: FindBelieved,
    ): ContextPreview {
      const silence = nothing(recallBudgetTokens, true);
      if (!isWorthRecalling(prompt)) return silence;
      const text = prompt.slice(0, promptRead).toWellFormed();
      const seen = rows.seenBy(sessionPk, toldNow);
      const projectId = rows.projectId(projectPk);
      const believed = findBelieved({ text, projectId, limit: hitsConsidered })
        .filter(({ id, evidence }) => evidence >= leastBelief && !seen.isBelieved(id))
        .slice(0, mostBelieved);
      const answer = findRelated({ text, projectId, limit: hitsConsidered });
      // The prompt itself is in the memory already, as the best hit of all.
      const strong = found(answer, thresholdOf(answer)).filter(({ row }) => !seen.isOwn(row) && !seen.isTold(row));
      const lines = spread(strong);
      // Of the session itself what a compaction has taken away.
      const own = lines.filter(({ row }) => row.session_pk === sessionPk);
      const others = lines.filter(({ row }) => row.session_pk !== sessionPk);
      const hasOwn = own.length > 0;
      return assemble({
        heading: hasOwn ? 'Recorded before, perhaps related:' : 'Recorded in earlier sessions, perhaps related:',
        headings: hasOwn ? { recall: '## Earlier sessions', progress: '## Earlier in this session' } : {},
        lines: [
          ...believed.map(toBelief),
          ...others.map((each) => toLine(each, 'recall', seen)),
          ...own.map((each) => toLine(each, 'progress', seen)),
        ],
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

/** A prompt, its answer and what failed before that are told by one line. */
function turnOf(row: RecallRow): string {
  return (row.tool === null || row.failed === 1) && row.prompt_id !== null
    ? `${row.session_pk} ${row.prompt_id}`
    : row.id;
}

function toBelief({ kind, id, text, category, evidence }: Believed): ContextLine {
  const [statement = ''] = text.split('\n', 1);
  return candidate({
    section: kind === 'learning' ? 'rules' : 'remembered',
    reason: 'matches_prompt',
    text:
      kind === 'learning'
        ? `- ${ruleLabel(category)}: ${quoted(statement, 400)}`
        : `- Remembered: ${quoted(text, 320)}`,
    value: evidence / 1.5,
    ...(kind === 'learning' ? { learning: id } : { memory: id }),
  });
}
