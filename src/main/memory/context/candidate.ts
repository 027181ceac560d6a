import type { ContextLine, ContextReason, ContextSection } from '../../../shared/context-views.ts';
import { estimateTokens } from '../../../shared/tokens.ts';

interface CandidateParts {
  section: ContextSection;
  text: string;
  reason: ContextReason;
  value: number;
  observation?: string | null;
  session?: string | null;
  learning?: string;
  memory?: string;
}

/** A line that may be given, and what is told instead where the budget does not reach for it. */
export interface Candidate extends ContextLine {
  brief?: ContextLine;
}

/** A line that may be given; its value is kept within 0 to 1, its tokens count the line break too. */
export function candidate({ section, text, reason, value, ...about }: CandidateParts): ContextLine {
  return {
    section,
    text,
    reason,
    value: Math.round(Math.min(1, Math.max(0, value)) * 1_000) / 1_000,
    tokens: estimateTokens(text) + 1,
    observation_id: about.observation ?? null,
    session_id: about.session ?? null,
    learning_id: about.learning ?? null,
    memory_id: about.memory ?? null,
  };
}

const weekMs = 7 * 24 * 60 * 60 * 1000;

/** 1 at the newest event of the project, one half a week before it; by its events and not the clock, so that the same state gives the same bytes. */
export function recency(at: number, newest: number): number {
  return 1 / (1 + Math.max(0, newest - at) / weekMs);
}
