import type { LearningCategory, LearningScope } from '../../../shared/learning-views.ts';
import { headAndTail, plainText, shorten } from '../excerpts.ts';
import type { MaterialRow, PromptMaterial } from '../../store/tables/learning-material.ts';
import { shortHash } from './command-key.ts';
import { languageOf, longestDetail, longestQuote, longestStatement, type LearningDraft } from './draft.ts';
import { toStep } from './steps.ts';

/** An entry of the batch that a model is shown; it cites them by number. */
export interface ModelEntry {
  number: number;
  observationPk: number;
  text: string;
  importance: number;
  occurredAt: number;
}

/** What a model proposes; see `learnAnswer` of ai/answers.ts. */
export interface ModelLearning {
  category: LearningCategory;
  statement: string;
  detail: string | null;
  scope: LearningScope;
  path: string | null;
  evidence: number[];
  quote: string;
  confidence: number;
}

/** A model that is not sure itself is not asked to bother a person. */
const leastSure = 0.4;
const mostOfOneAnswer = 20;

/** The session's entries in the order in which they happened, numbered from 1; the same rows give the same numbers. */
export function modelEntries(
  prompts: readonly PromptMaterial[],
  rows: readonly MaterialRow[],
  root: string,
): ModelEntry[] {
  const asked = prompts.map(({ observationPk, occurredAt, text }) => ({
    observationPk,
    occurredAt,
    text: `The person: ${headAndTail(text, 2_000, 500)}`,
    importance: 0.9,
  }));
  const done = rows.map((row) => ({
    observationPk: row.pk,
    occurredAt: row.occurred_at,
    text: entryText(row, root),
    importance: row.type === 'conclusion' ? 0.85 : row.importance,
  }));
  return [...asked, ...done]
    .filter(({ text }) => text !== '')
    .toSorted((a, b) => a.occurredAt - b.occurredAt || a.observationPk - b.observationPk)
    .map((entry, index) => ({ ...entry, number: index + 1, text: `[${index + 1}] ${entry.text}` }));
}

function entryText(row: MaterialRow, root: string): string {
  const step = toStep(row, root);
  if (step.kind === 'said') return `The agent: ${headAndTail(step.text, 2_000, 500)}`;
  if (step.kind === 'command') {
    return `${step.failed ? 'Failed' : 'Passed'}: ${headAndTail(step.command, 400, 100)}\n${headAndTail(plainText(step.output), 500, 500)}`.trim();
  }
  return `Changed ${step.files.join(', ')}:\n${headAndTail(step.added, 500, 100)}`;
}

/**
 * The drafts of a model's answer. Numbers that are not in the batch are dropped, and so is what rests on none: a model may
 * say what it likes, but only what happened is evidence.
 */
export function modelDrafts(
  learnings: readonly ModelLearning[],
  entries: readonly ModelEntry[],
  session: { pk: number; id: string },
): LearningDraft[] {
  const byNumber = new Map(entries.map((entry) => [entry.number, entry]));
  return learnings.slice(0, mostOfOneAnswer).flatMap((learning): LearningDraft[] => {
    const cited = [...new Set(learning.evidence)].flatMap((number) => byNumber.get(number) ?? []);
    const statement = learning.statement.replaceAll(/\s+/g, ' ').trim();
    if (cited.length === 0 || learning.confidence < leastSure || statement.length < 3) return [];
    if (statement.length > longestStatement || statement.includes('[REDACTED:')) return [];
    const path = learning.scope === 'path' ? cleanPath(learning.path) : null;
    return [
      {
        category: learning.category,
        statement,
        detail: learning.detail?.trim().slice(0, longestDetail).toWellFormed() || null,
        language: languageOf(statement),
        // What holds everywhere is for a person to say.
        scope: path === null ? 'project' : 'path',
        path,
        source: 'model',
        origin: `model:${session.id}:${shortHash(statement.toLowerCase())}`,
        evidence: cited.map(({ observationPk, occurredAt, text }) => ({
          quote: quoteOf(text, learning.quote),
          observationPk,
          sessionPk: session.pk,
          occurredAt,
        })),
      },
    ];
  });
}

/** The words that it quotes where they are really there, else the beginning of the entry. */
function quoteOf(text: string, quote: string): string {
  const wanted = quote.trim();
  const isThere = wanted.length > 3 && text.includes(wanted);
  return shorten(
    isThere ? wanted : text.replace(/^\[\d+\] /, '').replaceAll(/\s+/g, ' '),
    isThere ? longestQuote : 300,
  );
}

function cleanPath(path: string | null): string | null {
  const clean = (path ?? '')
    .trim()
    .replace(/^\.?\//, '')
    .replace(/\/+$/, '');
  return clean === '' || clean.startsWith('..') || /^[a-z]:/i.test(clean) ? null : clean;
}
