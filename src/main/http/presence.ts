import type { Socket } from 'node:net';

/** Who is there: clients, hooks, agents and browsers, also those that only listen. */
export interface Presence {
  /** For a server's `connection`. */
  came(socket: Pick<Socket, 'once'>): void;
  /** Since when nobody has been connected, in epoch milliseconds; null while somebody is. */
  quietSince(): number | null;
}

export function createPresence(): Presence {
  let open = 0;
  let last = Date.now();
  return {
    came(socket) {
      open += 1;
      socket.once('close', () => {
        open -= 1;
        last = Date.now();
      });
    },
    quietSince: () => (open > 0 ? null : last),
  };
}
