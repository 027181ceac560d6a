import { useLive } from './live.ts';
import { leastRights, rightsOf, rightsStore } from './rights.ts';
import { client } from './trpc.ts';
import { usedLogin } from './viewer-access.ts';

const patienceMs = 3_000;

/** The app's own window and a browser with the owner's link may everything, and need not ask. */
const hasAccount = () => usedLogin() !== null;

async function ask(): Promise<void> {
  const rights = rightsOf(await client.auth.me.query(undefined, { signal: AbortSignal.timeout(patienceMs) }));
  const before = rightsStore.get();
  if (before.size !== rights.size || [...rights].some((right) => !before.has(right))) rightsStore.set(rights);
}

/** Asks, for a person with an account, what the role gives; before the first page is drawn. */
export async function loadRights(): Promise<void> {
  if (!hasAccount()) return;
  rightsStore.set(leastRights);
  // A worker that does not answer has a banner of its own; the stream asks again when it is back.
  await ask().catch(() => undefined);
}

/** Follows a role that is changed while the person is here. */
export function useLiveRights(): void {
  useLive(({ events, gap }) => {
    const concerns = gap || events.some(({ type }) => type === 'access.changed');
    if (concerns && hasAccount()) ask().catch(() => undefined);
  });
}
