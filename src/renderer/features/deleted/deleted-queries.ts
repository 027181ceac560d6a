import { infiniteQueryOptions, queryOptions, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { AuditEntry } from '../../../shared/access-views.ts';
import type { MemoryView } from '../../../shared/note-views.ts';
import type { DeletionView } from '../../../shared/record-views.ts';
import type { Page, ProjectRef } from '../../../shared/views.ts';
import { useLive } from '../../lib/live.ts';
import { createSerial } from '../../lib/serial.ts';
import { client } from '../../lib/trpc.ts';
import type { DeletedKind } from './deleted-params.ts';

const pageSize = 50;
const deletedKey = ['deleted'] as const;

/** Something that was deleted and can be taken back. */
export interface DeletedItem {
  kind: DeletedKind;
  id: string;
  title: string | null;
  /** Null: everywhere. */
  project: ProjectRef | null;
  deletedAt: string;
  /** Then it is erased; null for memories, which stay. */
  keptUntil: string | null;
}

function ofDeletion({ kind, id, title, project, deleted_at, kept_until }: DeletionView): DeletedItem {
  return { kind, id, title, project, deletedAt: deleted_at, keptUntil: kept_until };
}

function ofMemory({ id, text, project, forgotten_at, updated_at }: MemoryView): DeletedItem {
  return { kind: 'memory', id, title: text, project, deletedAt: forgotten_at ?? updated_at, keptUntil: null };
}

async function read(kind: DeletedKind, cursor: string | null, signal: AbortSignal): Promise<Page<DeletedItem>> {
  const page = { limit: pageSize, ...(cursor !== null && { cursor }) };
  if (kind === 'memory') {
    const { data, pagination } = await client.memories.list.query({ ...page, forgotten: true }, { signal });
    return { data: data.map(ofMemory), pagination };
  }
  const { data, pagination } = await client.deletions.list.query({ ...page, kind }, { signal });
  return { data: data.map(ofDeletion), pagination };
}

/** What was deleted of a kind, the last first, page after page. */
export function deletedOptions(kind: DeletedKind) {
  return infiniteQueryOptions<
    Page<DeletedItem>,
    Error,
    InfiniteData<Page<DeletedItem>, string | null>,
    readonly ['deleted', DeletedKind],
    string | null
  >({
    queryKey: [...deletedKey, kind],
    queryFn: ({ pageParam, signal }) => read(kind, pageParam, signal),
    initialPageParam: null,
    getNextPageParam: (page) => page.pagination.next_cursor,
    staleTime: 0,
  });
}

const actions: Record<DeletedKind, readonly string[]> = {
  session: ['sessions.delete'],
  observation: ['observations.delete'],
  memory: ['memories.forget', 'memories.remove'],
};
/** As many as one answer of the audit has; who deleted what is older is not told. */
const mostAsked = 200;

/** Who deleted what, by its id, as the audit has it: for those who may read that. */
export function deletersOptions(kind: DeletedKind) {
  return queryOptions({
    queryKey: [...deletedKey, 'by', kind],
    async queryFn({ signal }): Promise<ReadonlyMap<string, AuditEntry['actor']>> {
      const answers = await Promise.all(
        actions[kind].map((action) =>
          client.audit.list.query({ action, outcome: 'done', limit: mostAsked }, { signal }),
        ),
      );
      // The last deletion of a thing counts, and is the first in the list.
      const entries = answers.flatMap(({ data }) => data).toReversed();
      return new Map(entries.flatMap(({ target, actor }) => (target === null ? [] : [[target, actor] as const])));
    },
    staleTime: 0,
  });
}

const concerning: ReadonlySet<string> = new Set([
  'session.deleted',
  'session.restored',
  'observation.deleted',
  'observation.created',
  'memory.changed',
]);

/** Follows what others delete and take back; gives how to read it all again. */
export function useLiveDeleted(): () => void {
  const cache = useQueryClient();
  const serial = useMemo(() => createSerial(() => cache.invalidateQueries({ queryKey: deletedKey })), [cache]);
  useLive(({ events, gap }) => {
    if (gap || events.some(({ type }) => concerning.has(type))) serial.run();
  });
  return serial.run;
}
