import { TRPCError } from '@trpc/server';
import type { MemoryService, NewMemory } from '../../api/memory-services.ts';
import type { MemoryView } from '../../../shared/note-views.ts';
import { Refusal } from '../refusal.ts';
import { withPage } from '../with-page.ts';
import type { UnderstandingParts } from './parts.ts';

/** The contract's operations on memories. */
export function createMemoryService({
  reader,
  writer,
  onFault,
}: Pick<UnderstandingParts, 'reader' | 'writer' | 'onFault'>): MemoryService {
  const find = (id: string) => reader.call('getMemory', { id, now: Date.now() });

  async function changed(id: string, change: Promise<boolean>) {
    return (await asBadRequest(change)) ? find(id) : null;
  }

  async function remember(memories: readonly NewMemory[]): Promise<MemoryView[]> {
    const ids = await asBadRequest(writer.call('rememberMemories', { memories, at: Date.now() }));
    return Promise.all(ids.map(async (id) => one([await find(id)])));
  }

  return {
    list: (request) => withPage(reader.call('listMemories', { ...request, now: Date.now() })),
    numbered: (request) => reader.call('numberedMemories', { ...request, now: Date.now() }),
    tags: () => reader.call('memoryTags', Date.now()),
    types: (name) => reader.call('memoryTypes', { name, now: Date.now() }),
    search: (request) => reader.call('searchMemories', { ...request, now: Date.now() }),
    async get(id) {
      const memory = await find(id);
      // Whoever asks does not wait for the count.
      if (memory !== null) void writer.call('touchMemory', { id, at: Date.now() }).catch(onFault);
      return memory;
    },
    async versions(id) {
      const versions = await reader.call('memoryVersions', id);
      return versions.length === 0 ? null : versions;
    },
    remember: async (memory) => one(await remember([memory])),
    rememberMany: remember,
    revise: (id, change) => changed(id, writer.call('reviseMemory', { id, change, at: Date.now() })),
    async forget({ id, text, project_id: projectId, dry_run: isDryRun }) {
      const now = Date.now();
      const named = id === undefined ? [] : [await find(id)].filter((memory) => memory !== null);
      const said = text === undefined ? [] : await reader.call('memoriesSaying', { text, projectId, now });
      const wanted = [...new Map([...named, ...said].map((memory) => [memory.id, memory])).values()].filter(
        (memory) => memory.forgotten_at === null,
      );
      if (isDryRun) return wanted;
      const gone = new Set(await writer.call('forgetMemories', { ids: wanted.map((memory) => memory.id), at: now }));
      const forgotten_at = new Date(now).toISOString();
      return wanted.filter((memory) => gone.has(memory.id)).map((memory) => ({ ...memory, forgotten_at }));
    },
    restore: (id) => changed(id, writer.call('restoreMemory', { id, at: Date.now() })),
  };
}

function one([memory]: readonly (MemoryView | null)[]): MemoryView {
  if (memory) return memory;
  throw new TRPCError({ code: 'CONFLICT', message: 'It was forgotten again at once.' });
}

/** What the writer refuses is the caller's to mend. */
async function asBadRequest<T>(change: Promise<T>): Promise<T> {
  try {
    return await change;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const code = error.code === 'NOT_FOUND' ? 'NOT_FOUND' : 'BAD_REQUEST';
    throw new TRPCError({ code, message: error.message, cause: error });
  }
}
