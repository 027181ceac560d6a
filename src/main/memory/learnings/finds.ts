import type { LearningSession, MaterialRow, PromptMaterial } from '../../store/tables/learning-material.ts';
import { shorten } from '../excerpts.ts';
import { shortHash } from './command-key.ts';
import { languageOf, longestQuote, type LearningDraft } from './draft.ts';
import { findFixes, fixDraft } from './fixes.ts';
import { findInstructions } from './instructions.ts';
import { toStep } from './steps.ts';

/** What one session teaches by rules alone; the same rows give the same drafts. */
export function findsOf(
  session: LearningSession,
  { prompts, rows }: { prompts: readonly PromptMaterial[]; rows: readonly MaterialRow[] },
): LearningDraft[] {
  const instructions = prompts.flatMap(({ text, observationPk, observationId, occurredAt }) =>
    findInstructions(text).map(({ quote, ...found }): LearningDraft => ({
      ...found,
      detail: null,
      language: languageOf(found.statement),
      source: 'instruction',
      origin: `instruction:${observationId}:${shortHash(found.statement)}`,
      evidence: [{ quote: shorten(quote, longestQuote), observationPk, sessionPk: session.pk, occurredAt }],
    })),
  );
  const fixes = findFixes(rows.map((row) => toStep(row, session.root))).map((fix) => fixDraft(fix, session.pk));
  return [...instructions, ...fixes];
}
