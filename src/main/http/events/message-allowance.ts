/** A client has a filter to set now and then; who says more than this means no good. */
const most = 100;
const perSecond = 20;

/** Lets `most` messages through at once and `perSecond` in the long run. */
export function createAllowance(now: () => number = performance.now.bind(performance)) {
  let left = most;
  let at = now();
  return {
    take(): boolean {
      const time = now();
      left = Math.min(most, left + ((time - at) / 1_000) * perSecond);
      at = time;
      if (left < 1) return false;
      left--;
      return true;
    },
  };
}
