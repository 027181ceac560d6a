import type { WriterClient } from '../writer-client.ts';
import { scrub } from './scrub.ts';

type Calls = Pick<WriterClient, 'call'>;

/** Deletes a session in steps, between which hooks are answered. False when there is none. */
export async function deleteSession(writer: Calls, id: string): Promise<boolean> {
  const at = Date.now();
  const state = await writer.call('recordsDeleteSession', { id, at });
  if (state === null) return false;
  if (state === 'more') await goOn(writer, id, at);
  return true;
}

/** Until it is gone, or was restored between two steps. */
async function goOn(writer: Calls, id: string, at: number): Promise<void> {
  while ((await writer.call('recordsDeleteSession', { id, at, goesOn: true })) === 'more');
}

/**
 * Brings a deleted session back in steps, between which hooks are answered. False when nothing is kept of it, or when it was deleted
 * again meanwhile. One at a time for each session: another one begins from the first row.
 */
export async function restoreSession(writer: Calls, id: string): Promise<boolean> {
  const at = Date.now();
  let step = await writer.call('recordsRestoreSession', { id, at });
  while (typeof step === 'number') step = await writer.call('recordsRestoreSession', { id, at, step });
  return step === 'done';
}

/**
 * Goes on with what was cut off when the worker ended: a session of which a part had come back is away again as a whole, and the words
 * of what was erased leave the index.
 */
export async function finishDeletions(writer: Calls): Promise<void> {
  for (const id of await writer.call('recordsHalfDeleted')) await goOn(writer, id, Date.now());
  if (await writer.call('recordsIsScrubDue')) await scrub(writer);
}
