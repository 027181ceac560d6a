import { randomBytes } from 'node:crypto';

export interface Tickets<Holder> {
  /** A ticket that is good once, for `lifetimeMs`. */
  issue(holder: Holder, lifetimeMs: number): string;
  /** Who it was issued to; once for each ticket, and only in time, else null. */
  redeem(ticket: string): Holder | null;
}

/** The most tickets that wait at once; the oldest go first, so that nobody can fill the memory with them. */
const mostTickets = 1000;

/** One-time tickets for what cannot send a header: an event stream of the browser, and the link that opens the viewer. */
export function createTickets<Holder>(now: () => number = Date.now): Tickets<Holder> {
  const waiting = new Map<string, { holder: Holder; expiresAt: number }>();
  return {
    issue(holder, lifetimeMs) {
      for (const [ticket, { expiresAt }] of waiting) {
        if (expiresAt < now() || waiting.size >= mostTickets) waiting.delete(ticket);
      }
      const ticket = randomBytes(24).toString('base64url');
      waiting.set(ticket, { holder, expiresAt: now() + lifetimeMs });
      return ticket;
    },
    redeem(ticket) {
      const found = waiting.get(ticket);
      waiting.delete(ticket);
      return found !== undefined && found.expiresAt >= now() ? found.holder : null;
    },
  };
}
