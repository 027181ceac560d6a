import { fill } from '../../../shared/messages/fill.ts';
import type { ParsedQuery, QueryClause } from '../../../shared/search-views.ts';
import type { CliContext } from '../cli-context.ts';
import { printable } from '../layout.ts';

/** How the query was understood, as one line; none when it is nothing but words. */
export function understoodAs({ words, clauses }: ParsedQuery, { text }: CliContext): string[] {
  if (clauses.length === 0) return [];
  const messages = text.search;
  const parts = words === '' ? [] : [fill(messages.understood_words, { words: printable(words) })];
  for (const clause of clauses) parts.push(clauseText(clause, messages));
  return [fill(messages.understood, { parts: parts.join(' · ') })];
}

function clauseText({ kind, text, value, problem }: QueryClause, messages: CliContext['text']['search']): string {
  if (problem !== null) return `${printable(text)} (${messages.problems[problem]})`;
  // The dash that stands for the open end says it already.
  const shown = kind === 'since' || kind === 'before' ? value.replaceAll(/^–\s*|\s*–$/g, '') : value;
  return fill(messages.clauses[kind], { value: printable(shown) });
}
