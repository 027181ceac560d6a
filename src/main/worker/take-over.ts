import { setTimeout as pause } from 'node:timers/promises';
import { proveWorker } from '../access/prove-worker.ts';
import { readOrCreateToken } from '../access/tokens.ts';
import { dataPaths } from '../store/data-folder.ts';
import { StoreError } from '../store/store-error.ts';
import { readWorkerFile, type WorkerFile } from '../store/worker-file.ts';
import { startWorker } from './start-worker.ts';
import type { Worker, WorkerOptions } from './worker.ts';

/** An orderly stop takes a second or two; on a busy machine longer. */
const handedOverWithinMs = 20_000;
/** A worker that is about to start or to end holds the folder without saying who it is. */
const namelessWithinMs = 5_000;
/** Short, so that we come before a worker that another agent starts meanwhile: that takes ten times as long. */
const lookAgainMs = 20;
const answerWithinMs = 5_000;

/**
 * As `startWorker`; but a person's start asks a worker that only an agent has started to make room, and waits until it did.
 * Rejects as `startWorker` does: DATA_FOLDER_IN_USE when a person's worker is there.
 */
export async function startOrTakeOver(options: WorkerOptions): Promise<Worker> {
  const { dataDir, log } = options;
  const startedAt = Date.now();
  const asked = new Set<string>();
  for (;;) {
    try {
      return await startWorker(options);
    } catch (error) {
      if (options.startedBy === 'agent' || !isInUse(error)) throw error;
      const waitedMs = Date.now() - startedAt;
      const holder = readWorkerFile(dataPaths(dataDir).worker);
      if (waitedMs > (holder === null ? namelessWithinMs : handedOverWithinMs)) throw error;
      if (holder !== null && holder.started_by !== 'agent') throw error;
      const key = holder === null ? null : `${holder.pid} ${holder.started_at}`;
      if (holder !== null && key !== null && !asked.has(key)) {
        log.info('An agent started a worker here; it is asked to make room.', { pid: holder.pid, url: holder.url });
        if (await askToLeave(dataDir, holder)) asked.add(key);
      }
    }
    await pause(lookAgainMs);
  }
}

function isInUse(error: unknown): boolean {
  return error instanceof StoreError && error.code === 'DATA_FOLDER_IN_USE';
}

/** False when it did not hear us: it may be gone already, or be somebody else. */
async function askToLeave(dataDir: string, { url }: WorkerFile): Promise<boolean> {
  const ownerToken = readOrCreateToken(dataDir, 'owner');
  try {
    await proveWorker(url, ownerToken);
    const response = await fetch(`${url}/api/v1/admin/hand-over`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ownerToken}` },
      signal: AbortSignal.timeout(answerWithinMs),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
