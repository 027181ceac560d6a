import { observationTypes, type ObservationType, type SearchFilters } from '../../../shared/views.ts';
import { parsePeriod, periodStart, type Period } from '../../lib/period.ts';

/** A search as it stands in the address, so that it can be gone back to. */
export interface SearchParams {
  q?: string;
  project?: string;
  type?: ObservationType;
  tool?: string;
  file?: string;
  period?: Period;
  failures?: true;
}

function nonEmpty(value: unknown): string | undefined {
  // The router parses `?q=42` as a number.
  const text = typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  return typeof text === 'string' && text !== '' ? text : undefined;
}

/** Reads the address; what it does not know is left out. */
export function parseSearchParams(raw: Record<string, unknown>): SearchParams {
  return withoutEmpty({
    q: nonEmpty(raw['q']),
    project: nonEmpty(raw['project']),
    type: observationTypes.find((type) => type === raw['type']),
    tool: nonEmpty(raw['tool']),
    file: nonEmpty(raw['file']),
    period: parsePeriod(raw['period']),
    failures: raw['failures'] === true ? true : undefined,
  });
}

type Loose = { [Key in keyof SearchParams]: SearchParams[Key] | undefined };

/** Leaves out what is undefined or empty. */
export function withoutEmpty({ q, project, type, tool, file, period, failures }: Loose): SearchParams {
  return {
    ...(q && { q }),
    ...(project && { project }),
    ...(type && { type }),
    ...(tool && { tool }),
    ...(file && { file }),
    ...(period && { period }),
    ...(failures && { failures }),
  };
}

/** How many filters are set. */
export function filterCount({ q: _q, ...filters }: SearchParams): number {
  return Object.keys(filters).length;
}

/** The filters as the memory wants them. */
export function toSearchFilters(params: SearchParams, now: number): SearchFilters {
  const since = periodStart(params.period ?? 'any', now);
  return {
    ...(params.project && { project_id: params.project }),
    ...(params.type && { types: [params.type] }),
    ...(params.tool && { tools: [params.tool] }),
    ...(params.file && { file: params.file }),
    ...(params.failures && { failed: true }),
    ...(since && { since }),
  };
}
