import { queryOptions } from '@tanstack/react-query';
import type { SummaryView } from '../../../shared/summary-views.ts';
import { useLive } from '../../lib/live.ts';
import { client, queryClient, trpc } from '../../lib/trpc.ts';

const pageSize = 200;
/** A session with more turns shows the summaries of its first ones. */
const mostPages = 10;

function sessionKey(sessionId: string) {
  return ['summaries', 'session', sessionId] as const;
}

export interface SessionSummaries {
  session: SummaryView | null;
  /** By the agent's id of the prompt. */
  turns: ReadonlyMap<string, SummaryView>;
}

async function readSession(sessionId: string, signal: AbortSignal): Promise<SessionSummaries> {
  const turns = new Map<string, SummaryView>();
  let session: SummaryView | null = null;
  let cursor: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const { data, pagination }: Awaited<ReturnType<typeof client.summaries.list.query>> =
      await client.summaries.list.query(
        { session_id: sessionId, limit: pageSize, ...(cursor !== null && { cursor }) },
        { signal },
      );
    for (const summary of data) {
      if (summary.scope === 'session') session = summary;
      else if (summary.prompt_id !== null) turns.set(summary.prompt_id, summary);
    }
    cursor = pagination.next_cursor;
    if (cursor === null) break;
  }
  return { session, turns };
}

/** What a session and each of its turns came to. */
export function sessionSummariesOptions(sessionId: string) {
  return queryOptions({
    queryKey: sessionKey(sessionId),
    queryFn: ({ signal }) => readSession(sessionId, signal),
    // A map is compared by its identity.
    structuralSharing: false,
  });
}

/** Follows the summaries that are made; stands once, in the shell, for a session that is left may get its summary then. */
export function useLiveSummaries(): void {
  useLive(({ events, gap }) => {
    const made = events.filter(({ type }) => type === 'summary.created');
    if (!gap && made.length === 0) return;
    void queryClient.invalidateQueries({ queryKey: trpc.summaries.pathKey() });
    for (const { session_id: id } of made) {
      if (id !== null) void queryClient.invalidateQueries({ queryKey: sessionKey(id) });
    }
    if (gap) void queryClient.invalidateQueries({ queryKey: ['summaries'] });
  });
}

/** Reads again everything that shows this summary. */
export async function refreshSummaries(): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: ['summaries'] }),
    queryClient.invalidateQueries({ queryKey: trpc.summaries.pathKey() }),
  ]);
}
