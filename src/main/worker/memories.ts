import { totalmem } from 'node:os';
import { join } from 'node:path';
import { TRPCError } from '@trpc/server';
import { defaultOrganizationId } from '../access/caller.ts';
import { makeFolder } from '../store/make-folder.ts';
import { type Memory, type MemoryOptions, openMemory, type ServedMemory, type SharedParts } from './open-memory.ts';

/** What one costs that was asked everything a moment ago, its three threads and their caches (bench: organizations). */
const megabytesEach = 100;
/** Threads and files are bounded too: three and about twenty of each that is open. */
const mostOpenEver = 64;
const fewestOpen = 8;
/** One that was used within this time stays, though there are too many: it is asked again before another would have opened. */
const restMs = 60_000;

export interface OpenMemory extends ServedMemory {
  memory: Memory;
}

/** What is asked of a memory to keep it among others. */
interface Kept {
  memory: Pick<Memory, 'isBusy' | 'release' | 'close'>;
}

export interface Memories<Served extends Kept = OpenMemory> {
  /** The owner's: always open. */
  readonly own: Served;
  /**
   * Opens it when it is not, and keeps it open until what `whenDone` was handed is called. Rejects with NOT_FOUND for what is
   * no id of an organisation, or is none any more.
   */
  hold(organizationId: string, whenDone: (letGo: () => void) => void): Promise<Served>;
  /** Opens as many of them as are kept open, one after the other, so that their jobs and schedules run. */
  wake(organizationIds: readonly string[]): Promise<void>;
  /** Null for one that is not open. */
  ifOpen(organizationId: string): Promise<Served> | null;
  /** Closes a memory, for its folder to be removed. */
  drop(organizationId: string): Promise<void>;
  /** Leaves every open question of an agent to its terminal, from now on. */
  release(): void;
  close(): Promise<void>;
}

export interface MemoriesParts<Served extends Kept> {
  own: Served;
  open(organizationId: string): Promise<Served>;
  /** Whether there is such an organisation at this moment. */
  isThere(organizationId: string): boolean;
  onFault(fault: unknown): void;
  /** Kept open; twice as many while they are used. */
  mostOpen?: number;
}

interface Entry<Served> {
  opening: Promise<Served>;
  /** Null until it is open. */
  served: Served | null;
  /** Requests, streams and hooks that stand on it. */
  holds: number;
  /** When it was asked for, or let go of, for the last time. */
  usedAt: number;
}

/** How many memories fit in a quarter of what this process may have, in bytes: between 8 and 64. */
export function mostOpenIn(memoryBytes: number): number {
  const fitting = Math.floor(memoryBytes / 4 / (megabytesEach * 1e6));
  return Math.min(mostOpenEver, Math.max(fewestOpen, fitting));
}

/** A container may have less than its machine; without a bound the system names 0 or more than there is. */
function memoryOfProcess(): number {
  const bound = process.constrainedMemory();
  return bound > 0 ? Math.min(bound, totalmem()) : totalmem();
}

/** The folder of an organisation's memory; the owner's lies in the data folder itself. */
export function organizationFolder(dataDir: string, organizationId: string): string {
  return organizationId === defaultOrganizationId ? dataDir : join(dataDir, 'organizations', organizationId);
}

/** Opens and serves the memory of another organisation than the owner's. */
export async function openOrganization(
  organizationId: string,
  base: Omit<MemoryOptions, 'organizationId'>,
  shared: SharedParts,
): Promise<OpenMemory> {
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

/** One memory for each organisation, each in a file of its own: what one of them can read holds nothing of another. */
export function createMemories<Served extends Kept>({
  own,
  open,
  isThere,
  onFault,
  mostOpen = mostOpenIn(memoryOfProcess()),
}: MemoriesParts<Served>): Memories<Served> {
  /** Whoever was used longest ago is first. */
  const opened = new Map<string, Entry<Served>>();
  const closing = new Map<string, Promise<void>>();
  let isClosed = false;
  /** There are too many, and none of them has rested long enough. */
  let later: NodeJS.Timeout | null = null;

  function begin(organizationId: string): Entry<Served> {
    // Two writers on one file would be in each other's way: the one before has to be gone.
    const opening = (closing.get(organizationId) ?? Promise.resolve()).then(() => open(organizationId));
    const entry: Entry<Served> = { opening, served: null, holds: 0, usedAt: Date.now() };
    opening.then(
      (served) => (entry.served = served),
      () => {
        if (opened.get(organizationId) === entry) opened.delete(organizationId);
      },
    );
    return entry;
  }

  function shut(organizationId: string): Promise<void> {
    const entry = opened.get(organizationId);
    if (entry === undefined) return closing.get(organizationId) ?? Promise.resolve();
    opened.delete(organizationId);
    const done = entry.opening
      .then(
        ({ memory }) => memory.close(),
        () => {},
      )
      .catch(onFault)
      .finally(() => {
        if (closing.get(organizationId) === done) closing.delete(organizationId);
      });
    closing.set(organizationId, done);
    return done;
  }

  /**
   * Nobody's request, stream, question or job is cut short for room, and whoever is used again and again is not opened again and
   * again: rather more are open for a while.
   */
  function makeRoom(): void {
    if (opened.size <= mostOpen) return;
    const rested = Date.now() - restMs;
    for (const [organizationId, { served, holds, usedAt }] of opened) {
      if (opened.size <= mostOpen) return;
      if (served === null || holds > 0 || served.memory.isBusy()) continue;
      if (usedAt <= rested || opened.size > mostOpen * 2) void shut(organizationId);
    }
    if (isClosed) return;
    later ??= setTimeout(() => {
      later = null;
      makeRoom();
    }, restMs / 4).unref();
  }

  function use(organizationId: string, entry: Entry<Served>): void {
    opened.delete(organizationId);
    opened.set(organizationId, entry);
    entry.usedAt = Date.now();
  }

  async function hold(organizationId: string, whenDone: (letGo: () => void) => void): Promise<Served> {
    if (organizationId === defaultOrganizationId) return own;
    if (isClosed || !isThere(organizationId)) throw noSuchOrganization();
    const entry = opened.get(organizationId) ?? begin(organizationId);
    use(organizationId, entry);
    entry.holds++;
    let isHeld = true;
    const letGo = () => {
      if (!isHeld) return;
      isHeld = false;
      entry.holds--;
      if (opened.get(organizationId) === entry) use(organizationId, entry);
      makeRoom();
    };
    whenDone(letGo);
    makeRoom();
    const served = await entry.opening;
    if (opened.get(organizationId) === entry) return served;
    // The organisation was deleted while its memory opened.
    throw noSuchOrganization();
  }

  return {
    own,
    hold,
    async wake(organizationIds) {
      for (const organizationId of organizationIds) {
        if (organizationId === defaultOrganizationId) continue;
        if (isClosed || opened.size >= mostOpen) return;
        // One that was deleted meanwhile is no reason to leave the others asleep.
        await hold(organizationId, (letGo) => queueMicrotask(letGo)).catch((error: unknown) => {
          if (!(error instanceof TRPCError)) onFault(error);
        });
      }
    },
    ifOpen: (organizationId) =>
      organizationId === defaultOrganizationId ? Promise.resolve(own) : (opened.get(organizationId)?.opening ?? null),
    drop: shut,
    release() {
      own.memory.release();
      for (const { opening } of opened.values()) {
        opening.then(
          ({ memory }) => memory.release(),
          () => {},
        );
      }
    },
    async close() {
      isClosed = true;
      if (later !== null) clearTimeout(later);
      await Promise.all([...opened.keys()].map(shut));
      await Promise.all(closing.values());
    },
  };
}

function noSuchOrganization(): TRPCError {
  return new TRPCError({ code: 'NOT_FOUND', message: 'There is no such organisation.' });
}
