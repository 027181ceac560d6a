import { join } from 'node:path';
import { TRPCError } from '@trpc/server';
import { defaultOrganizationId } from '../access/caller.ts';
import { makeFolder } from '../store/make-folder.ts';
import { type Memory, type MemoryOptions, openMemory, type ServedMemory, type SharedParts } from './open-memory.ts';

/** Open at once besides the owner's; each has three threads. Whoever came longest ago is closed for the next one. */
const mostOpen = 8;

export interface OpenMemory extends ServedMemory {
  memory: Memory;
}

export interface Memories {
  /** The owner's: always open. */
  readonly own: OpenMemory;
  /** Opens it when it is not. Rejects with NOT_FOUND for what is no id of an organisation. */
  of(organizationId: string): Promise<OpenMemory>;
  /** Closes a memory, for its folder to be removed. */
  drop(organizationId: string): Promise<void>;
  /** Leaves every open question of an agent to its terminal, from now on. */
  release(): void;
  close(): Promise<void>;
}

/** The folder of an organisation's memory; the owner's lies in the data folder itself. */
export function organizationFolder(dataDir: string, organizationId: string): string {
  return organizationId === defaultOrganizationId ? dataDir : join(dataDir, 'organizations', organizationId);
}

/** One memory for each organisation, each in a file of its own: what one of them can read holds nothing of another. */
export function createMemories(
  own: OpenMemory,
  base: Omit<MemoryOptions, 'organizationId'>,
  shared: SharedParts,
): Memories {
  const opened = new Map<string, Promise<OpenMemory>>();

  async function open(organizationId: string): Promise<OpenMemory> {
    const dataDir = organizationFolder(base.options.dataDir, organizationId);
    makeFolder(dataDir);
    const memory = await openMemory({
      ...base,
      organizationId,
      readsThisMachine: false,
      // Nothing of this machine's own agents belongs to it.
      options: { ...base.options, dataDir, claudeSettingsFile: join(dataDir, 'claude', 'settings.json') },
    });
    const served = memory.serve(shared);
    served.start();
    return { ...served, memory };
  }

  async function close(organizationId: string): Promise<void> {
    const known = opened.get(organizationId);
    opened.delete(organizationId);
    await known?.then(
      ({ memory }) => memory.close(),
      () => {},
    );
  }

  return {
    own,
    of(organizationId) {
      if (organizationId === defaultOrganizationId) return Promise.resolve(own);
      if (!/^[\w-]{1,64}$/.test(organizationId)) {
        return Promise.reject(new TRPCError({ code: 'NOT_FOUND', message: 'There is no such organisation.' }));
      }
      const known = opened.get(organizationId) ?? open(organizationId);
      // Put last, so that the first one is the one that nobody came to for longest.
      opened.delete(organizationId);
      opened.set(organizationId, known);
      known.catch(() => opened.delete(organizationId));
      const [oldest] = opened.keys();
      if (opened.size > mostOpen && oldest !== undefined) void close(oldest);
      return known;
    },
    drop: close,
    release() {
      own.memory.release();
      for (const known of opened.values()) {
        known.then(
          ({ memory }) => memory.release(),
          () => {},
        );
      }
    },
    async close() {
      await Promise.all([...opened.keys()].map(close));
    },
  };
}
