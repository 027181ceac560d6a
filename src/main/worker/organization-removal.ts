import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultOrganizationId } from '../access/caller.ts';
import { type Logger, toLogFormat } from '../observe/logger.ts';
import { dataPaths } from '../store/data-folder.ts';
import { isId } from '../store/ids.ts';
import { makeFolder } from '../store/make-folder.ts';
import { organizationFolder } from './memories.ts';

export interface OrganizationRemoval {
  /**
   * Takes an organisation away by `leave`, which gives whether there was one, and then its memory for good. Rejects when that
   * fails; what is left of it goes at the next start, as after a kill in between.
   */
  remove(organizationId: string, leave: () => Promise<boolean>): Promise<boolean>;
  /** Goes on with what an earlier worker began. Never rejects. */
  finish(): Promise<void>;
}

export interface OrganizationRemovalParts {
  dataDir: string;
  /** Whether there is such an organisation at this moment. */
  isThere(organizationId: string): boolean;
  /** Closes its memory. */
  close(organizationId: string): Promise<void>;
  log: Logger;
}

/**
 * Removes memories of organisations that were deleted. Which ones is written down before an organisation goes. That a folder
 * belongs to none is no sign of it: the owner's file, which has the organisations, may be an older copy that was put back.
 */
export function createOrganizationRemoval({
  dataDir,
  isThere,
  close,
  log,
}: OrganizationRemovalParts): OrganizationRemoval {
  const marks = dataPaths(dataDir).removals;
  let finishing = Promise.resolve();
  const markOf = (organizationId: string) => join(marks, organizationId);

  async function removeMemory(organizationId: string): Promise<void> {
    if (organizationId === defaultOrganizationId) throw new Error("The owner's memory is not removed.");
    await close(organizationId);
    await rm(organizationFolder(dataDir, organizationId), { recursive: true, force: true, maxRetries: 3 });
    await rm(markOf(organizationId), { force: true });
  }

  async function finishOne(organizationId: string): Promise<void> {
    // It was killed before the organisation went, or a copy from before was put back.
    if (isThere(organizationId)) return rm(markOf(organizationId), { force: true });
    await removeMemory(organizationId);
    log.info('The memory of a deleted organisation was removed.', { organization_id: organizationId });
  }

  async function finishAll(): Promise<void> {
    for (const organizationId of (await namesIn(marks)).filter(isId)) {
      try {
        await finishOne(organizationId);
      } catch (error) {
        log.warn('The memory of a deleted organisation could not be removed; the next start tries again.', {
          folder: organizationFolder(dataDir, organizationId),
          reason: toLogFormat(error),
        });
      }
    }
  }

  return {
    async remove(organizationId, leave) {
      // It would take a new mark for an old one.
      await finishing;
      if (!isThere(organizationId)) return false;
      makeFolder(marks);
      await writeFile(markOf(organizationId), '', { flush: true, mode: 0o600 });
      const hasLeft = await leave();
      // Nobody can reach the memory any more; now it goes.
      if (hasLeft) await removeMemory(organizationId);
      return hasLeft;
    },
    finish: () => (finishing = finishAll()),
  };
}

/** None where there is no such folder, or none that can be read. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    return [];
  }
}
