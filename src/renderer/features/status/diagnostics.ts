import type { StatusView } from '../../../shared/views.ts';

/** What helps whoever is asked for help, as Markdown; it holds paths and counts, never what was remembered. */
export function diagnostics(status: StatusView, userAgent: string): string {
  return [
    '### Claude-Mem diagnostics',
    '',
    '```json',
    JSON.stringify({ ...status, user_agent: userAgent }, null, 2),
    '```',
    '',
  ].join('\n');
}
