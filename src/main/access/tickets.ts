import { randomBytes } from 'node:crypto';

export interface Tickets<Holder> {
  /** A ticket that is good once, for `lifetimeMs`. */
  issue(holder: Holder, lifetimeMs: number): string;
  /** Who it was issued to; once for each ticket, and only in time, else null. */
  redeem(ticket: string): Holder | null;
}

/** The most tickets that wait at once; the oldest go first, so that nobody can fill the memory with them. */
const mostTickets = 1000;
/** Of one group: whoever asks for more loses its own, not those of others. */
const mostOfGroup = 100;

/**
 * One-time tickets for what cannot send a header: an event stream of the browser, and the link that opens the viewer.
 * `groupOf` says with whom a holder shares what one group may have.
 */
export function createTickets<Holder>(
  groupOf: (holder: Holder) => string,
  now: () => number = Date.now,
): Tickets<Holder> {
  const waiting = new Map<string, { holder: Holder; expiresAt: number }>();
  return {
    issue(holder, lifetimeMs) {
      const group = groupOf(holder);
      const own: string[] = [];
      for (const [ticket, { expiresAt, holder: other }] of waiting) {
        if (expiresAt < now()) waiting.delete(ticket);
        else if (groupOf(other) === group) own.push(ticket);
      }
      const [oldestOwn] = own;
      if (oldestOwn !== undefined && own.length >= mostOfGroup) waiting.delete(oldestOwn);
      const [oldest] = waiting.keys();
      if (oldest !== undefined && waiting.size >= mostTickets) waiting.delete(oldest);
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
