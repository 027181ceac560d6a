import { z } from 'zod';
import {
  summaryLanguages,
  summaryScopes,
  type SummaryContent,
  type SummaryScope,
} from '../../../shared/summary-views.ts';

/**
 * What was made of an input that came back after another one (something was hidden, and is shown again) is made anew, so that it
 * is current. The client's own are of one text each. For a row `u` of summaries.
 */
export const isNewestOrClient = `(u.source = 'client'
  OR u.version = (SELECT MAX(version) FROM summaries o WHERE o.subject = u.subject AND o.source = u.source))`;

const lines = z.array(z.string());
const content = z.object({
  title: z.string(),
  language: z.enum(summaryLanguages),
  request: z.string().nullable(),
  investigated: lines,
  done: lines,
  learned: lines,
  open_ends: lines,
  key_points: lines,
  files: z.array(z.object({ path: z.string(), change: z.enum(['read', 'changed']) })),
  commands: z.array(
    z.object({ command: z.string(), outcome: z.enum(['passed', 'failed']), note: z.string().nullable() }),
  ),
});

/** A column's content. Throws when it is none. */
export function summaryContent(json: string): SummaryContent {
  return content.parse(JSON.parse(json));
}

export function toScope(scope: string): SummaryScope {
  return summaryScopes.find((known) => known === scope) ?? 'session';
}
