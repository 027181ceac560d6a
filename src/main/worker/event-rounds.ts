/** Between two slices hooks are taken and answered: a write takes some 10 µs, so a thousand clients in one go would hold those up. */
const sliceMs = 1;

export interface EventRounds {
  /** Something waits for the next round. */
  ask(): void;
  /** Ends the round that is under way and makes another one, at once. */
  finish(): void;
  /** Forgets the round that is under way. */
  stop(): void;
}

/**
 * Spreads rounds over turns of the loop: slices of a millisecond, and after each round as long a rest as it took, so that
 * what comes meanwhile goes out together and half of the time is left for everything else. `begin` gives the steps of a round.
 */
export function createEventRounds(begin: () => Iterator<void>): EventRounds {
  let round: Iterator<void> | null = null;
  let isAsked = false;
  let spentMs = 0;
  let restsUntil = 0;
  let cancel: (() => void) | null = null;

  function plan(): void {
    if (cancel !== null) return;
    const wait = round === null ? restsUntil - performance.now() : 0;
    if (wait < 1) {
      const soon = setImmediate(slice);
      cancel = () => clearImmediate(soon);
    } else {
      const later = setTimeout(slice, wait);
      cancel = () => clearTimeout(later);
    }
  }

  function slice(): void {
    cancel = null;
    work(sliceMs);
    if (round !== null || isAsked) plan();
  }

  function work(forMs: number): void {
    const began = performance.now();
    let now = began;
    if (round === null) {
      isAsked = false;
      spentMs = 0;
      round = begin();
    }
    while (round !== null && now - began < forMs) {
      if (round.next().done === true) round = null;
      now = performance.now();
    }
    spentMs += now - began;
    if (round === null) restsUntil = now + spentMs;
  }

  return {
    ask() {
      isAsked = true;
      plan();
    },
    finish() {
      if (round !== null) work(Infinity);
      work(Infinity);
    },
    stop() {
      cancel?.();
      cancel = null;
      round = null;
      isAsked = false;
    },
  };
}
