import { setTimeout as delay } from 'node:timers/promises';
import type { WriterClient } from '../writer-client.ts';

/** A reader that holds the log up longer than these tries take is not waited for. */
const mostTries = 5;
const betweenTriesMs = 100;

/** Takes the words of what was erased out of the index, in steps between which hooks are answered. */
export async function scrub(writer: Pick<WriterClient, 'call'>): Promise<void> {
  let isDone = await writer.call('recordsScrub', { isFirst: true });
  while (!isDone) isDone = await writer.call('recordsScrub', { isFirst: false });
}

/** The same, and out of the write-ahead log if that can be done soon: else the writer does it when it rests, or is opened. */
export async function scrubWithLog(writer: Pick<WriterClient, 'call' | 'care'>): Promise<void> {
  await scrub(writer);
  for (let tries = 0; tries < mostTries; tries++) {
    if (tries > 0) await delay(betweenTriesMs);
    // What is erased is erased: a log that cannot be emptied now is no failure of it.
    const care = await writer.care('checkpoint').catch(() => null);
    if (care?.isBusy !== true) return;
  }
}
