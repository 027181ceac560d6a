import type { WriterClient } from '../writer-client.ts';

/** Takes the words of what was erased out of the index, in steps between which hooks are answered. */
export async function scrub(writer: Pick<WriterClient, 'call'>): Promise<void> {
  let isDone = await writer.call('recordsScrub', { isFirst: true });
  while (!isDone) isDone = await writer.call('recordsScrub', { isFirst: false });
}
