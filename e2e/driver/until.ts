import { setTimeout as delay } from 'node:timers/promises';

const stepMs = 25;
/** Two slow cores may run other things as well. */
export const patienceMs = 60_000;

/** Asks again until the answer is neither null nor undefined nor false; an answer that throws counts as none. */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  timeoutMs = patienceMs,
): Promise<Exclude<T, null | undefined | false>> {
  const deadline = performance.now() + timeoutMs;
  let failure: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== null && answer !== undefined && answer !== false) {
        return answer as Exclude<T, null | undefined | false>;
      }
    } catch (cause) {
      failure = cause;
    }
    if (performance.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain: ${what}.`, { cause: failure });
    await delay(stepMs);
  }
}
