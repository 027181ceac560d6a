import type { Context } from 'hono';
import type { Access } from '../access/access.ts';
import { type Caller, isOwner } from '../access/caller.ts';
import type { AuditService } from '../api/access-services.ts';
import type { AppVariables } from './app.ts';
import { badCredential } from './bad-credential.ts';
import type { RateLimits } from './limit-rate.ts';
import { fail } from './problem.ts';
import { tokenHeadersOf, tokenOf } from './request-basics.ts';

type RouteContext = Context<{ Variables: AppVariables }>;

/** Writes down that somebody was turned away at the door: which one, never what was sent. */
export function recordRefusal(
  audit: Pick<AuditService, 'record'>,
  c: RouteContext,
  caller: Caller | null,
  code: string,
): void {
  audit.record({
    caller,
    action: 'http.request',
    target: `${c.req.method} ${c.req.path}`.slice(0, 200),
    outcome: 'refused',
    code,
    requestId: c.get('requestId'),
    address: c.get('address'),
  });
}

export interface CallerParts {
  access: Pick<Access, 'authenticate' | 'hasExpired' | 'redeemTicket' | 'inOrganization'>;
  audit: Pick<AuditService, 'record'>;
  limits: RateLimits;
  /** A ticket stands in an address, so it opens a stream and nothing else. */
  opensByTicket(path: string): boolean;
}

/** Who asks, in the organisation that it names; or the answer to whoever may not go on. */
export async function resolveCaller(c: RouteContext, parts: CallerParts): Promise<Caller | Response> {
  const { access, audit, limits } = parts;
  const refuseWith = (caller: Caller | null, status: 401 | 403 | 404, code: string, message: string) => {
    recordRefusal(audit, c, caller, code);
    return fail(c, status, code, message);
  };
  const ticket = c.req.query('ticket');
  const byTicket =
    ticket !== undefined && parts.opensByTicket(c.req.path) ? access.redeemTicket('stream', ticket) : null;
  const caller = byTicket ?? (await access.authenticate(tokenOf(c)));
  if (caller === null) {
    const tooMany = limits.limitRefused(c);
    if (tooMany !== null) return tooMany;
    const ticketShown = parts.opensByTicket(c.req.path) ? (ticket ?? null) : null;
    const { code, message } = await badCredential(access, tokenHeadersOf(c), ticketShown);
    return refuseWith(null, 401, code, message);
  }
  if (caller.kind === 'hook') return refuseWith(caller, 403, 'FORBIDDEN', 'This token may only post hooks.');
  const wanted = c.req.header('x-organization-id');
  const resolved = wanted === undefined ? caller : access.inOrganization(caller, wanted);
  if (resolved !== null) return limits.limit(c, resolved) ?? resolved;
  return isOwner(caller)
    ? refuseWith(caller, 404, 'NOT_FOUND', 'There is no organisation with the id that X-Organization-Id names.')
    : refuseWith(caller, 403, 'FORBIDDEN', 'Only the owner may act in another organisation.');
}
