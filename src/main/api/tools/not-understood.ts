import { operatorKeys, operatorNamed, stateNames } from '../../search/query/operators.ts';
import type { ParsedQuery, QueryClause } from '../../../shared/search-views.ts';
import { observationTypes } from '../../../shared/views.ts';
import type { ApiContext } from '../trpc.ts';
import { listed } from './find-project.ts';
import { oneLine } from './tool-text.ts';

export interface NotUnderstood {
  /** As it was written. */
  text: string;
  message: string;
}

/** A pasted log is full of colons, and nobody means a filter by them. */
const longestTyped = 300;
const mostNamed = 5;
/** `name:value` as a filter is written; no address, no `std::vector`, no `localhost:80`. */
const filterLike = /(?<=^|\s)([a-z]{2,20}):(?![/:\\]|\d+(?:\s|$))\S+/giu;

/** Parts of a query that look like a filter and filter nothing, with what would: a model that is not told takes the hits for filtered. */
export async function clausesNotUnderstood(
  { services }: Pick<ApiContext, 'services'>,
  { words, clauses }: ParsedQuery,
): Promise<NotUnderstood[]> {
  const wrong = clauses.filter(({ problem }) => problem !== null);
  const isOfProjects = wrong.some(({ problem }) => problem?.endsWith('_project'));
  const projects = isOfProjects ? listed(await services.read.listProjects()) : '';
  const named = wrong.map((clause) => ({ text: oneLine(clause.text, 100), message: wayOut(clause, projects) }));
  return [...named, ...amongWords(words)].slice(0, mostNamed);
}

function wayOut({ problem }: QueryClause, projects: string): string {
  switch (problem) {
    case 'unknown_type':
      return `names no type and filters nothing; types are ${observationTypes.join(', ')}.`;
    case 'unknown_project':
      return `names no project and filters nothing. ${projects}`;
    case 'ambiguous_project':
      return `names several projects and filters nothing; give the id of one. ${projects}`;
    case 'unknown_session':
      return 'names no session and filters nothing; give the id of one, as timeline shows it.';
    default:
      return 'names no time and filters nothing; write since:2026-01-31, since:7d or since:yesterday.';
  }
}

function amongWords(words: string): NotUnderstood[] {
  if (words.length > longestTyped) return [];
  const filters = [...words.matchAll(filterLike)].map(([text, name = '']) => ({
    text: oneLine(text, 100),
    message: `was searched for as words: ${ofName(name)}`,
  }));
  const isOpen = (words.match(/"/g) ?? []).length % 2 === 1;
  return isOpen
    ? [...filters, { text: '"', message: 'is not closed and was left out; a phrase has a quote at both ends.' }]
    : filters;
}

function ofName(name: string): string {
  const key = operatorNamed(name);
  if (key === undefined) {
    const known = operatorKeys.map((operator) => `${operator}:`).join(' ');
    return `there is no filter ${name}: (filters are ${known}).`;
  }
  return key === 'is' ? `is: takes ${Object.keys(stateNames).join(' or ')}.` : `its value is none that ${key}: takes.`;
}
