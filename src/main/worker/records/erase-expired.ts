import type { WriterClient } from '../writer-client.ts';
import { scrub } from './scrub.ts';

/** Erases what was deleted before `before`, in commits of their own; gives how many deletions. */
export async function eraseExpired(
  writer: Pick<WriterClient, 'call'>,
  before: number,
  signal: AbortSignal,
): Promise<number> {
  let erased = 0;
  for (;;) {
    signal.throwIfAborted();
    const count = await writer.call('recordsEraseExpired', { before, at: Date.now() });
    erased += count;
    if (count === 0) break;
  }
  if (erased > 0) await scrub(writer);
  return erased;
}
