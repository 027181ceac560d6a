import type { LearningCategory, LearningScope, LearningSource } from '../../../shared/learning-views.ts';
import type { SummaryLanguage } from '../../../shared/summary-views.ts';

/** What a draft rests on, as it was said or done. */
export interface DraftEvidence {
  quote: string;
  observationPk: number | null;
  sessionPk: number | null;
  /** Milliseconds since 1970. */
  occurredAt: number;
}

/** A learning that a source proposes, before it is compared with what is known. */
export interface LearningDraft {
  category: LearningCategory;
  /** One sentence that stands by itself. */
  statement: string;
  detail: string | null;
  language: SummaryLanguage;
  scope: LearningScope;
  /** Only an agent that proposes something of its own gives it some. */
  tags?: string[];
  /** Below the project's root; for scope path. */
  path: string | null;
  source: LearningSource;
  /** The same find gives the same text, whenever it is looked for. */
  origin: string;
  evidence: DraftEvidence[];
}

export const longestStatement = 500;
export const longestDetail = 4_000;
export const longestQuote = 600;

const han = /[\u3400-\u4dbf\u4e00-\u9fff]/g;

/** Chinese when a fifth of its letters are: code and names between them are mostly Latin. */
export function languageOf(text: string): SummaryLanguage {
  const wide = text.match(han)?.length ?? 0;
  const latin = text.match(/[a-z]+/gi)?.length ?? 0;
  return wide > 0 && wide * 2 >= latin ? 'zh' : 'en';
}
