import type { SummaryContent, SummaryScope } from '../../../shared/summary-views.ts';
import type { Piece } from '../../ai/budget.ts';
import type { ReadableDb } from '../../store/database.ts';
import type { NewSummary, SummarySubject } from '../../store/tables/summaries.ts';
import { createSummaryReader } from '../../store/tables/summary-reader.ts';
import { summaryOfCompaction } from './compaction.ts';
import { createFactGatherer } from './gather.ts';
import { createWeekGatherer } from './gather-week.ts';
import { inputHash } from './input-hash.ts';
import { materialOf, materialOfWeek } from './material.ts';
import { isWorthTelling, summarise } from './summarise.ts';
import { summariseWeek } from './summarise-week.ts';

export interface SummaryRequest {
  scope: SummaryScope;
  projectPk: number | null;
  sessionPk: number | null;
  promptId: string | null;
  week: string | null;
}

/** All that a job needs to know: what rules make of the input, whether that is there already, and what a model would be told. */
export interface SummaryPlan {
  subject: SummarySubject;
  projectName: string;
  /** The newest is last. */
  summaries: NewSummary[];
  extractive: SummaryContent;
  /** Sources that have told of this very input before. */
  known: string[];
  material: Piece[];
  /** When what is told ended; milliseconds since 1970. */
  until: number;
}

/** Reads and sums up by rules; null where there is nothing to be told. Takes long for long sessions: no work for the readers of the window. */
export function createSummaryPlanner(db: ReadableDb) {
  const gather = createFactGatherer(db);
  const gatherWeek = createWeekGatherer(db);
  const reader = createSummaryReader(db);

  function planSession(sessionPk: number, promptId: string | null): SummaryPlan | null {
    const gathered = gather(sessionPk, promptId);
    if (gathered === null || !isWorthTelling(gathered.facts)) return null;
    const { facts, place, until, compactions } = gathered;
    const scope = promptId === null ? ('session' as const) : ('turn' as const);
    const subject = { scope, projectPk: place.project_pk, sessionPk, promptId, week: null };
    const extractive = summarise(facts);
    const own = compactions.map(({ text, at, turns: begun }) => ({
      ...made(subject, 'client', inputHash(text), summaryOfCompaction({ text, turns: begun }, facts)),
      occurredAt: at,
    }));
    const hash = inputHash(facts);
    return {
      subject,
      projectName: place.project_name,
      summaries: [
        ...(scope === 'session' ? own : []),
        { ...made(subject, 'extractive', hash, extractive), occurredAt: until },
      ],
      extractive,
      known: [...reader.sourcesOf(subject, hash)],
      material: materialOf(facts),
      until,
    };
  }

  function planWeek(projectPk: number, week: string): SummaryPlan | null {
    const gathered = gatherWeek(projectPk, week);
    if (gathered === null || gathered.facts.sessions.length === 0) return null;
    const { facts, projectName, from } = gathered;
    const subject = { scope: 'week' as const, projectPk, sessionPk: null, promptId: null, week };
    const extractive = summariseWeek(facts);
    const hash = inputHash(facts);
    return {
      subject,
      projectName,
      summaries: [{ ...made(subject, 'extractive', hash, extractive), occurredAt: from }],
      extractive,
      known: [...reader.sourcesOf(subject, hash)],
      material: materialOfWeek(facts),
      until: from,
    };
  }

  return function plan({ scope, projectPk, sessionPk, promptId, week }: SummaryRequest): SummaryPlan | null {
    if (scope === 'week') return projectPk === null || week === null ? null : planWeek(projectPk, week);
    if (sessionPk === null || (scope === 'turn' && promptId === null)) return null;
    return planSession(sessionPk, scope === 'turn' ? promptId : null);
  };
}

function made(
  subject: SummarySubject,
  source: NewSummary['source'],
  hash: Uint8Array,
  content: SummaryContent,
): Omit<NewSummary, 'occurredAt'> {
  return { ...subject, source, model: null, promptVersion: null, inputHash: hash, content };
}
