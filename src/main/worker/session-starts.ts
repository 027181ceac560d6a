import type { InjectionKind } from '../../shared/context-views.ts';
import { createRevertibleMap, type RevertibleMap } from './revertible-map.ts';

export type StartKind = Exclude<InjectionKind, 'prompt' | 'file'>;

/** The same hook of two settings files arrives twice within this time, with nothing of the session in between. */
const repeatedWithinMs = 2_000;
/** Held in memory; a client seldom has more at once. */
const mostSessions = 500;

/** How sessions began of late, and what each is still owed for it. */
export function createSessionStarts() {
  const last = createRevertibleMap<string, { source: string; at: number }>();
  const owed = createRevertibleMap<string, StartKind>();

  return {
    /** Whether the session has just reported the same start. */
    isRepeated(sessionId: string, source: string, at: number): boolean {
      const before = last.get(sessionId);
      put(last, sessionId, { source, at });
      return before !== undefined && before.source === source && at - before.at < repeatedWithinMs;
    },
    /** Something else came of the session: the next start is one of its own. */
    goOn: (sessionId: string) => void last.delete(sessionId),
    /** Until `given`: an agent that hung up, or a reader that was too slow, must not cost it. */
    owe(sessionId: string, kind: StartKind): void {
      // With a prompt already asked it is a session like any other, not the one after the cleared one.
      put(owed, sessionId, kind === 'clear' ? 'startup' : kind);
    },
    owed: (sessionId: string): StartKind | null => owed.get(sessionId) ?? null,
    given: (sessionId: string) => void owed.delete(sessionId),
    commit(): void {
      last.commit();
      owed.commit();
    },
    reset(): void {
      last.reset();
      owed.reset();
    },
  };
}

function put<T>(map: RevertibleMap<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= mostSessions) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}
