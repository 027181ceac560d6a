import type { WriterClient } from '../writer-client.ts';

type Calls = Pick<WriterClient, 'call'>;

/** Deletes a session in steps, between which hooks are answered. False when there is none. */
export async function deleteSession(writer: Calls, id: string): Promise<boolean> {
  const at = Date.now();
  let state = await writer.call('recordsDeleteSession', { id, at });
  if (state === null) return false;
  while (state === 'more') state = await writer.call('recordsDeleteSession', { id, at });
  return true;
}

/** Goes on with what was cut off when the worker ended. */
export async function finishDeletions(writer: Calls): Promise<void> {
  for (const id of await writer.call('recordsHalfDeleted')) await deleteSession(writer, id);
}
