import type { Context, MiddlewareHandler } from 'hono';
import { type Caller, isOwner } from '../access/caller.ts';
import type { AppVariables } from './app.ts';
import { fail } from './problem.ts';
import { type Bucket, createRateLimiter, type Taken } from './rate-limit.ts';
import type { RestOperation } from './rest/rest-operation.ts';
import { createRouteGroups, generalLimit, groupLimits, refusedLimit, type RouteGroup } from './route-groups.ts';

type RouteContext = Context<{ Variables: AppVariables }>;

export interface RateLimits {
  /** Counts a request of this caller; the answer when it came too often, else null. */
  limit(c: RouteContext, caller: Caller): Response | null;
  /** Counts what a request that was let in turned out to hold besides: messages of a batch, of which each is one more. */
  limitNext(c: RouteContext, caller: Caller, more: number): void;
  /** The same for whoever has shown no token that opens anything. */
  limitRefused(c: RouteContext): Response | null;
  /** For doors that are open to all. */
  limitAddress: MiddlewareHandler<{ Variables: AppVariables }>;
}

/** Rate limits over all HTTP doors. The owner, its viewers and hooks are not counted: they are this machine's own. */
export function createRateLimits(
  operations: readonly RestOperation[],
  onLimited: (c: RouteContext, caller: Caller | null) => void,
): RateLimits {
  const limiter = createRateLimiter();
  const groupsOf = createRouteGroups(operations);

  function tell(c: RouteContext, taken: Taken, caller: Caller | null): Response | null {
    c.header('X-RateLimit-Limit', String(taken.limit));
    c.header('X-RateLimit-Remaining', String(taken.remaining));
    c.header('X-RateLimit-Reset', String(taken.resetAt));
    if (taken.ok) return null;
    c.header('Retry-After', String(taken.retryAfterSeconds));
    onLimited(c, caller);
    return fail(
      c,
      429,
      'RATE_LIMITED',
      `Too many requests: ${taken.limit} a minute are allowed here. Try again in ${taken.retryAfterSeconds} seconds.`,
    );
  }

  function count(c: RouteContext, who: string, total: number, caller: Caller | null): Response | null {
    const groups = groupsOf(c.req.method, c.req.path);
    const costs = new Map<RouteGroup, number>();
    for (const group of groups) costs.set(group, (costs.get(group) ?? 0) + 1);
    for (const [group, cost] of costs) {
      const answer = tell(c, limiter.take(bucketsOf(who, group, total), cost), caller);
      if (answer !== null) return answer;
    }
    return null;
  }

  const addressOf = (c: RouteContext) => `address:${c.get('address') ?? ''}`;
  const nameOf = ({ kind, id }: Caller) => `${kind}:${id ?? ''}`;
  const isCounted = (caller: Caller) => !isOwner(caller) && caller.kind !== 'hook';

  return {
    limit(c, caller) {
      if (!isCounted(caller)) return null;
      if (caller.id === null) return count(c, addressOf(c), generalLimit, null);
      return count(c, nameOf(caller), caller.requestsPerMinute ?? generalLimit, caller);
    },
    limitNext(c, caller, more) {
      if (!isCounted(caller)) return;
      const [group = 'read'] = groupsOf(c.req.method, c.req.path);
      limiter.owe(bucketsOf(nameOf(caller), group, caller.requestsPerMinute ?? generalLimit), more);
    },
    limitRefused(c) {
      const taken = limiter.take([{ key: `refused ${addressOf(c)}`, perMinute: refusedLimit }]);
      return tell(c, taken, null);
    },
    limitAddress: async (c, next) => count(c, addressOf(c), generalLimit, null) ?? next(),
  };
}

/** Of one caller: what it may ask of a group, and in all. */
function bucketsOf(who: string, group: RouteGroup, total: number): [Bucket, Bucket] {
  return [
    { key: `${who} ${group}`, perMinute: groupLimits[group] },
    { key: who, perMinute: total },
  ];
}
