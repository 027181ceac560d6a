import { randomBytes } from 'node:crypto';

export interface Tickets {
  /** A ticket that is good once, for `lifetimeMs`. */
  issue(lifetimeMs: number): string;
  /** True once for each ticket, and only in time. */
  redeem(ticket: string): boolean;
}

/** The most tickets that wait at once; the oldest go first, so that nobody can fill the memory with them. */
const mostTickets = 1000;

/** One-time tickets for what cannot send a header: an event stream of the browser, and the link that opens the viewer. */
export function createTickets(now: () => number = Date.now): Tickets {
  const expiries = new Map<string, number>();
  return {
    issue(lifetimeMs) {
      for (const [ticket, expiry] of expiries) {
        if (expiry < now() || expiries.size >= mostTickets) expiries.delete(ticket);
      }
      const ticket = randomBytes(24).toString('base64url');
      expiries.set(ticket, now() + lifetimeMs);
      return ticket;
    },
    redeem(ticket) {
      const expiry = expiries.get(ticket);
      expiries.delete(ticket);
      return expiry !== undefined && expiry >= now();
    },
  };
}
