import { constants, setPriority } from 'node:os';

/**
 * Lets the other threads go before this one, so that work behind the scenes does not hold up a hook while all cores are busy.
 * On Linux alone, where setpriority(2) takes a thread; elsewhere it would be the whole process.
 */
export function giveWay(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // Where it is not allowed, the work is done all the same.
  }
}
