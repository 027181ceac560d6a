import type { SearchFilters, SearchMode } from '../../../shared/search-views.ts';
import { observationTypes, type ObservationType } from '../../../shared/views.ts';
import { dayBounds, isDay, parsePeriod, periodStart, type Period } from '../../lib/period.ts';

/** A search as it stands in the address, so that it can be gone back to. */
export interface SearchParams {
  q?: string;
  project?: string;
  type?: ObservationType;
  tool?: string;
  file?: string;
  period?: Period;
  /** One day of this time zone, as YYYY-MM-DD; goes before the period. */
  day?: string;
  failures?: true;
  pinned?: true;
  /** Only inside this session. */
  session?: string;
  /** What is like this observation, instead of what the text asks for. */
  similar?: string;
  /** Left out: words and meaning together. */
  mode?: Exclude<SearchMode, 'mixed'>;
}

const modes = ['lexical', 'vector'] as const;

function nonEmpty(value: unknown): string | undefined {
  // The router parses `?q=42` as a number.
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  return typeof text === 'string' && text !== '' ? text : undefined;
}

/** Reads the address; what it does not know is left out. */
export function parseSearchParams(raw: Record<string, unknown>): SearchParams {
  const day = nonEmpty(raw['day']);
  return withoutEmpty({
    ...noParams,
    q: nonEmpty(raw['q']),
    project: nonEmpty(raw['project']),
    type: observationTypes.find((type) => type === raw['type']),
    tool: nonEmpty(raw['tool']),
    file: nonEmpty(raw['file']),
    period: parsePeriod(raw['period']),
    day: day !== undefined && isDay(day) ? day : undefined,
    failures: raw['failures'] === true ? true : undefined,
    pinned: raw['pinned'] === true ? true : undefined,
    session: nonEmpty(raw['session']),
    similar: nonEmpty(raw['similar']),
    mode: modes.find((mode) => mode === raw['mode']),
  });
}

export type LooseParams = { [Key in keyof SearchParams]: SearchParams[Key] | undefined };

/** Every name with nothing behind it, to be spread under what is set. */
export const noParams = {
  q: undefined,
  project: undefined,
  type: undefined,
  tool: undefined,
  file: undefined,
  period: undefined,
  day: undefined,
  failures: undefined,
  pinned: undefined,
  session: undefined,
  similar: undefined,
  mode: undefined,
};

/** Leaves out what is undefined or empty. */
export function withoutEmpty(params: LooseParams): SearchParams {
  const { q, project, type, tool, file, period, day, failures, pinned, session, similar, mode } = params;
  return {
    ...(q && { q }),
    ...(project && { project }),
    ...(type && { type }),
    ...(tool && { tool }),
    ...(file && { file }),
    ...(period && { period }),
    ...(day && { day }),
    ...(failures && { failures }),
    ...(pinned && { pinned }),
    ...(session && { session }),
    ...(similar && { similar }),
    ...(mode && { mode }),
  };
}

/** How many filters are set; how the text is searched for is none. */
export function filterCount({ q: _q, mode: _mode, similar: _similar, ...filters }: SearchParams): number {
  return Object.keys(filters).length;
}

/** The question without its filters. */
export function withoutFilters({ q, mode, similar }: SearchParams): SearchParams {
  return withoutEmpty({ ...noParams, q, mode, similar });
}

/** The filters as the memory wants them. */
export function toSearchFilters(params: SearchParams, now: number): SearchFilters {
  const since = periodStart(params.period ?? 'any', now);
  return {
    ...(params.project && { project_id: params.project }),
    ...(params.session && { session_id: params.session }),
    ...(params.type && { types: [params.type] }),
    ...(params.tool && { tools: [params.tool] }),
    ...(params.file && { file: params.file }),
    ...(params.failures && { failed: true }),
    ...(params.pinned && { pinned: true }),
    ...(params.day ? dayBounds(params.day) : since && { since }),
  };
}
