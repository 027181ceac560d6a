import { openRawConnection, postRequest } from './raw-connection.ts';
import { mintedEvents, type MintedEvent } from './recorded-events.ts';

export const hookPath = '/hooks/claude-code';

export interface LoadTarget {
  port: number;
  captureToken: string;
}

/** Sends every event once over so many keep-alive connections; resolves with the seconds until the last was acknowledged. Throws when one was refused. */
export async function sendAll(
  target: LoadTarget,
  events: readonly MintedEvent[],
  connections: number,
): Promise<number> {
  const requests = events.map((event) => postRequest(target.port, hookPath, target.captureToken, event.body));
  const open = await Promise.all(Array.from({ length: connections }, () => openRawConnection(target.port)));
  let next = 0;
  const started = performance.now();
  try {
    await Promise.all(
      open.map(async (connection) => {
        for (let request = requests[next++]; request !== undefined; request = requests[next++]) {
          const status = await connection.send(request);
          if (status !== 200 && status !== 204) throw new Error(`An event was answered with ${status}.`);
        }
      }),
    );
    return (performance.now() - started) / 1000;
  } finally {
    for (const connection of open) connection.close();
  }
}

/**
 * Sends events without end until every connection broke; reports each acknowledged one.
 * Resolves when the server is gone.
 */
export async function sendUntilBroken(
  target: LoadTarget,
  connections: number,
  onAcknowledged: (event: MintedEvent) => void,
): Promise<void> {
  const source = mintedEvents();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const connection = await openRawConnection(target.port).catch(() => null);
      while (connection !== null) {
        const event = source.next().value;
        const status = await connection
          .send(postRequest(target.port, hookPath, target.captureToken, event.body))
          .catch(() => 0);
        if (status === 0) return;
        if (status === 200 || status === 204) onAcknowledged(event);
      }
    }),
  );
}
