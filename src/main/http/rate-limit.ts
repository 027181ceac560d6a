/** A bucket that a request takes from; `perMinute` is what it holds when full and what flows in within a minute. */
export interface Bucket {
  key: string;
  perMinute: number;
}

export interface Taken {
  ok: boolean;
  /** Of the bucket that is nearest to empty. */
  limit: number;
  remaining: number;
  /** Unix time in seconds, when that bucket is full again. */
  resetAt: number;
  /** Whole seconds until there is enough in it; 0 when there is. */
  retryAfterSeconds: number;
}

export interface RateLimiter {
  /** Takes `cost` from each of the buckets, or nothing when one of them holds less. */
  take(buckets: readonly [Bucket, ...Bucket[]], cost?: number): Taken;
  /** Takes `cost` from each of the buckets, whatever they hold; what is missing has to flow in before the next. */
  owe(buckets: readonly Bucket[], cost: number): void;
}

/** So many buckets at once; the one that was used longest ago goes first. A caller comes back to full ones then. */
const mostBuckets = 10_000;
const minuteMs = 60_000;

/** Token buckets in memory. */
export function createRateLimiter(now: () => number = Date.now): RateLimiter {
  const levels = new Map<string, { level: number; at: number }>();

  function levelOf({ key, perMinute }: Bucket, at: number): number {
    const known = levels.get(key);
    if (known === undefined) return perMinute;
    // A clock that was set back takes nothing away.
    return Math.min(perMinute, known.level + (Math.max(0, at - known.at) / minuteMs) * perMinute);
  }

  function put(key: string, level: number, at: number): void {
    levels.delete(key);
    levels.set(key, { level, at });
    const [oldest] = levels.keys();
    if (levels.size > mostBuckets && oldest !== undefined) levels.delete(oldest);
  }

  return {
    take(buckets, cost = 1) {
      const at = now();
      // A request that costs more than a bucket holds passes when it is full; what it took too much flows in first.
      const states = buckets.map((bucket) => ({
        bucket,
        level: levelOf(bucket, at),
        cost: Math.min(cost, bucket.perMinute),
      }));
      const ok = states.every((state) => state.level >= state.cost);
      const after = states.map((state) => ({ ...state, level: ok ? state.level - cost : state.level }));
      for (const { bucket, level } of after) put(bucket.key, level, at);
      const tightest = after.reduce((one, other) => (share(other) < share(one) ? other : one));
      const perMs = tightest.bucket.perMinute / minuteMs;
      return {
        ok,
        limit: tightest.bucket.perMinute,
        remaining: Math.max(0, Math.floor(tightest.level)),
        resetAt: Math.ceil((at + (tightest.bucket.perMinute - tightest.level) / perMs) / 1000),
        retryAfterSeconds: ok ? 0 : Math.max(1, Math.ceil((tightest.cost - tightest.level) / perMs / 1000)),
      };
    },
    owe(buckets, cost) {
      const at = now();
      for (const bucket of buckets) put(bucket.key, levelOf(bucket, at) - cost, at);
    },
  };
}

function share({ bucket, level, cost }: { bucket: Bucket; level: number; cost: number }): number {
  // One that holds too little comes before all that hold enough.
  return level < cost ? level / cost - 1 : level / bucket.perMinute;
}
