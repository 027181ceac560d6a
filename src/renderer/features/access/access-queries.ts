import { infiniteQueryOptions, useMutation, useQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditEntry, OrganizationView } from '../../../shared/access-views.ts';
import type { Page } from '../../../shared/views.ts';
import { useLive } from '../../lib/live.ts';
import { useMay } from '../../lib/rights.ts';
import { createSerial } from '../../lib/serial.ts';
import { client, trpc } from '../../lib/trpc.ts';
import { showError, showNotice } from '../../ui/toast.tsx';

const pageSize = 80;
const auditKey = ['audit', 'pages'] as const;

/** More people and keys than one page has are found by the command line. */
export const mostListed = 200;

/** What was done and refused, or what of it ended in one way, newest first, page after page. */
export const auditOptions = (outcome?: AuditEntry['outcome']) =>
  infiniteQueryOptions<
    Page<AuditEntry>,
    Error,
    InfiniteData<Page<AuditEntry>, string | null>,
    readonly unknown[],
    string | null
  >({
    queryKey: [...auditKey, outcome],
    queryFn: ({ pageParam, signal }) =>
      client.audit.list.query(
        { limit: pageSize, outcome, ...(pageParam !== null && { cursor: pageParam }) },
        { signal },
      ),
    initialPageParam: null,
    getNextPageParam: (page) => page.pagination.next_cursor,
    staleTime: 0,
  });

const none: readonly OrganizationView[] = [];

/** Those that whoever looks sees the keys of and may make keys for; none where it is the own one alone, which need not be named. */
export function useSeveralOrganizations(): readonly OrganizationView[] {
  const may = useMay();
  const isOwner = may('owner');
  const options = trpc.organizations.list.queryOptions({ limit: mostListed });
  const { data } = useQuery({ ...options, enabled: isOwner, staleTime: 0 });
  return isOwner && data !== undefined && data.data.length > 1 ? data.data : none;
}

/** Everything about keys, people and organisations again. */
function useRefreshAccess(): () => Promise<unknown> {
  const cache = useQueryClient();
  return () =>
    Promise.all(
      [trpc.keys.pathKey(), trpc.users.pathKey(), trpc.organizations.pathKey(), auditKey].map((queryKey) =>
        cache.invalidateQueries({ queryKey }),
      ),
    );
}

/** Follows what others change: the command line, a program with a key. */
export function useLiveAccess(): void {
  const refresh = useRefreshAccess();
  const serial = useMemo(() => createSerial(async () => void (await refresh())), [refresh]);
  useLive(({ events, gap }) => {
    if (gap || events.some(({ type }) => type === 'access.changed')) serial.run();
  });
}

/** Changes who may do what, says so, and reads everything again. */
export function useAccessChange(notice?: string) {
  const { t } = useTranslation();
  const refresh = useRefreshAccess();
  return useMutation({
    mutationFn: (change: () => Promise<unknown>) => change(),
    onSuccess: () => showNotice(notice ?? t('action.saved')),
    onError: (error) => showError(t('action.failed'), error),
    onSettled: refresh,
  });
}
