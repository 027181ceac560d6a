import { useQuery } from '@tanstack/react-query';
import type { LearningDetail } from '../../../shared/learning-views.ts';
import { trpc } from '../../lib/trpc.ts';
import type { ScopeTarget } from './next-scope.ts';

/** What each learning was last about, since one that holds everywhere no longer says it. */
const lastTargets = new Map<string, ScopeTarget>();

/** The project and path that a learning may be narrowed to: its own, the last ones, or where its evidence comes from. */
export function useScopeTarget(learning: LearningDetail | undefined): ScopeTarget {
  const last = learning && lastTargets.get(learning.id);
  const own: ScopeTarget = {
    project: learning?.project?.id ?? last?.project ?? null,
    path: learning?.path ?? last?.path ?? null,
  };
  if (learning && (own.project !== null || own.path !== null)) lastTargets.set(learning.id, own);
  const session = learning?.evidence.find(({ session_id: id }) => id !== null)?.session_id ?? null;
  const origin = useQuery(
    trpc.sessions.get.queryOptions({ id: session ?? '' }, { enabled: own.project === null && session !== null }),
  );
  return { ...own, project: own.project ?? origin.data?.project.id ?? null };
}
