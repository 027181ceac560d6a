import type { QueryClause, TextRange } from '../../../shared/search-views.ts';

/** The text without what stands in the range, and without the gap that would stay. */
export function withoutRange(text: string, [start, end]: TextRange): string {
  const before = text.slice(0, start).trimEnd();
  const after = text.slice(end).trimStart();
  return before === '' || after === '' ? before + after : `${before} ${after}`;
}

/** The text with a suggestion in the place that it is for, and where the caret stands then. */
export function withSuggestion(
  text: string,
  { insert, range: [start, end] }: { insert: string; range: TextRange },
): { text: string; caret: number } {
  const rest = text.slice(end);
  // After an operator the value is still to come; after anything else the next word.
  const gap = insert.endsWith(':') || insert.endsWith(' ') || rest.startsWith(' ') ? '' : ' ';
  return { text: text.slice(0, start) + insert + gap + rest, caret: start + insert.length + 1 - (gap === '' ? 1 : 0) };
}

/** Clauses that still stand in the text where the answer found them: an answer lags behind what is typed. */
export function standingClauses(text: string, clauses: readonly QueryClause[]): QueryClause[] {
  // The question was asked without the white space around it.
  const indent = text.length - text.trimStart().length;
  return clauses.flatMap((clause) => {
    const range: TextRange = [clause.range[0] + indent, clause.range[1] + indent];
    return text.slice(...range) === clause.text ? [{ ...clause, range }] : [];
  });
}
