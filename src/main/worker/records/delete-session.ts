import type { WriterClient } from '../writer-client.ts';

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

/** Goes on with what was cut off when the worker ended. */
export async function finishDeletions(writer: Calls): Promise<void> {
  for (const id of await writer.call('recordsHalfDeleted')) await goOn(writer, id, Date.now());
}
