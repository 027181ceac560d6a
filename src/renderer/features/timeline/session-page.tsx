import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useRef } from 'react';
import { useShortcuts } from '../../lib/keyboard.ts';
import { useStore } from '../../lib/store.ts';
import { trpc } from '../../lib/trpc.ts';
import { ErrorState } from '../../ui/error-state.tsx';
import { paneStore } from '../sessions/pane.ts';
import { parseSessionSearch } from '../sessions/session-search.ts';
import { SessionSummary } from '../summaries/session-summary.tsx';
import { SessionHeader } from './session-header.tsx';
import { Timeline, type TimelineHandle } from './timeline.tsx';
import { useLiveTimeline } from './timeline-queries.ts';
import { HeaderSkeleton } from './timeline-skeleton.tsx';

/** One session: its header and its timeline. */
export function SessionPage() {
  const { sessionId } = useParams({ from: '/sessions/$sessionId' });
  const { observation } = useSearch({ from: '/sessions/$sessionId' });
  const search = parseSessionSearch(useSearch({ strict: false }));
  const session = useQuery(trpc.sessions.get.queryOptions({ id: sessionId }));
  const timeline = useRef<TimelineHandle>(null);
  const navigate = useNavigate();
  const inTimeline = useStore(paneStore) === 'timeline';
  useLiveTimeline(sessionId);
  const searchHere = (): void => void navigate({ to: '/search', search: { session: sessionId } });
  // Beside the list the key searches everything, as everywhere else.
  useShortcuts(inTimeline ? [{ keys: '/', run: searchHere }] : []);

  if (session.isError && !session.data) {
    return <ErrorState error={session.error} onRetry={() => void session.refetch()} />;
  }
  return (
    <section className="flex h-full min-h-0 flex-col" onPointerDownCapture={() => paneStore.set('timeline')}>
      {session.data ? (
        <SessionHeader
          session={session.data}
          search={search}
          onLatest={() => timeline.current?.showLatest()}
          onSearch={searchHere}
        />
      ) : (
        <HeaderSkeleton />
      )}
      {session.data && <SessionSummary key={`summary ${sessionId}`} session={session.data} />}
      {/* Each session has its own scroll position, open steps and selection. */}
      <Timeline key={sessionId} ref={timeline} sessionId={sessionId} focusId={observation} search={search} />
    </section>
  );
}
