import type { SessionListRequest } from '../../../main/api/services.ts';
import { parsePeriod, type Period } from '../../lib/period.ts';

/** The filters of the list, as they stand in the address. */
export interface SessionSearch {
  text?: string;
  project?: string;
  state?: 'active' | 'ended';
  period?: Period;
  failures?: true;
}

function nonEmpty(value: unknown): string | undefined {
  // The router parses `?text=42` as a number.
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && text !== '' ? text : undefined;
}

/** Reads the address; what it does not know is left out. */
export function parseSessionSearch(raw: Record<string, unknown>): SessionSearch {
  const text = nonEmpty(raw['text']);
  const project = nonEmpty(raw['project']);
  const state = (['active', 'ended'] as const).find((known) => known === raw['state']);
  const period = parsePeriod(raw['period']);
  return {
    ...(text !== undefined && { text }),
    ...(project !== undefined && { project }),
    ...(state && { state }),
    ...(period && { period }),
    ...(raw['failures'] === true && { failures: true }),
  };
}

export function isFiltered(search: SessionSearch): boolean {
  return Object.keys(search).length > 0;
}

/** What the list asks the memory for; `since` is where the search's period begins. */
export function toListRequest(
  search: SessionSearch,
  since: string | undefined,
): Omit<SessionListRequest, 'limit' | 'cursor'> {
  const text = search.text?.trim();
  return {
    ...(text !== undefined && text !== '' && { text }),
    ...(search.project !== undefined && { project_id: search.project }),
    ...(search.state && { status: search.state }),
    ...(since !== undefined && { since }),
    ...(search.failures && { failed_only: true }),
  };
}
