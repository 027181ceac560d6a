import type { HookAnswer } from '../../http/hook-route.ts';
import type { AskedPermission } from './permission-asks.ts';

export interface Answer {
  behavior: 'allow' | 'deny';
  message: string | null;
}

/** The right to answer one agent; nobody else has it meanwhile, and the time does not run out on it. */
export interface Claim {
  answer(answer: Answer): void;
  /** The terminal keeps the question. */
  giveUp(): void;
  /** Others may decide; what would have ended the wait meanwhile ends it now. */
  letGo(): void;
}

export interface HeldListeners {
  expired(id: string): void;
  /** The agent no longer waits, or what was decided did not reach it. */
  withdrawn(id: string): void;
}

export interface HeldRequests {
  /** Resolves with what the agent is told; null leaves the question to its terminal. `whenGone` is called with what to do when the connection closes. */
  hold(asked: AskedPermission, whenGone: (gone: () => void) => void): Promise<HookAnswer | null>;
  /** Null when nobody waits, or somebody else is deciding. */
  claim(id: string): Claim | null;
  /** Answers with nothing; what becomes of the request is known elsewhere. */
  drop(id: string): void;
  /** Leaves every question to its terminal, at once and from now on. */
  release(): void;
}

interface Held {
  resolve(answer: HookAnswer | null): void;
  timer: NodeJS.Timeout;
  isClaimed: boolean;
  /** What came while somebody was deciding. */
  ending: ((id: string) => void) | null;
}

/** Agents whose answer waits for a person. Only what happens in this process can answer one: no row, no restart, no second decision. */
export function createHeldRequests({ expired, withdrawn }: HeldListeners): HeldRequests {
  const held = new Map<string, Held>();
  let isReleased = false;

  function end(id: string, answer: HookAnswer | null): void {
    const known = held.get(id);
    if (known === undefined) return;
    held.delete(id);
    clearTimeout(known.timer);
    known.resolve(answer);
  }

  /** Someone who is deciding ends it himself. */
  function endUnclaimed(id: string, then: (id: string) => void): void {
    const known = held.get(id);
    if (known === undefined) return;
    if (known.isClaimed) {
      known.ending = then;
      return;
    }
    end(id, null);
    then(id);
  }

  const hookAnswer = (id: string, answer: Answer): HookAnswer => ({
    body: permissionAnswer(answer),
    settled(delivered) {
      if (!delivered) withdrawn(id);
    },
  });

  return {
    hold({ id, expiresAt, answer }, whenGone) {
      if (answer !== null) return Promise.resolve(hookAnswer(id, answer));
      if (isReleased) {
        expired(id);
        return Promise.resolve(null);
      }
      return new Promise((resolve) => {
        const timer = setTimeout(() => endUnclaimed(id, expired), Math.max(0, expiresAt - Date.now()));
        held.set(id, { resolve, timer, isClaimed: false, ending: null });
        whenGone(() => endUnclaimed(id, withdrawn));
      });
    },
    claim(id) {
      const known = held.get(id);
      if (known === undefined || known.isClaimed) return null;
      known.isClaimed = true;
      return {
        answer: (answer) => end(id, hookAnswer(id, answer)),
        giveUp() {
          end(id, null);
          expired(id);
        },
        letGo() {
          known.isClaimed = false;
          if (known.ending !== null) endUnclaimed(id, known.ending);
        },
      };
    },
    drop: (id) => endUnclaimed(id, () => {}),
    release() {
      isReleased = true;
      for (const id of held.keys()) endUnclaimed(id, expired);
    },
  };
}

/** What a PermissionRequest hook may answer (Claude Code 2.1, hooks reference); no other field, so that nothing else is changed. */
function permissionAnswer({ behavior, message }: Answer): object {
  const decision = behavior === 'allow' ? { behavior } : { behavior, message: message ?? denied, interrupt: false };
  return { hookSpecificOutput: { hookEventName: 'PermissionRequest', decision } };
}

const denied = 'The person at this machine denied this.';
