import { toLogFormat, type Logger } from '../observe/logger.ts';
import type { MemoryEvent } from '../../shared/views.ts';
import type { Worker } from '../worker/worker.ts';

/** What waits for a person, as an event tells it. */
export interface WaitingPermission {
  id: string;
  tool: string;
  /** May be cut. */
  title: string;
  /** Whether the title says all that would happen, and a person may allow it by that alone. */
  isPlain: boolean;
}

export interface PermissionWatch {
  /** The newest first. */
  waiting(): readonly WaitingPermission[];
  /** Calls the listener after each change, with what came or with the id of what went. */
  onChange(listener: (change: { came: WaitingPermission } | { went: string }) => void): void;
  decide(id: string, behavior: 'allow' | 'deny'): void;
  stop(): void;
}

/** Longer titles end with this sign where the writer cut them. */
const cut = '…';

/** Follows the questions of agents by the events of the worker. */
export function watchPermissions(worker: Worker, log: Logger): PermissionWatch {
  const known = new Map<string, WaitingPermission>();
  const listeners: ((change: { came: WaitingPermission } | { went: string }) => void)[] = [];
  const stop = worker.onEvent((event) => {
    const id = textIn(event, 'request_id');
    if (event.type === 'permission.requested') {
      const title = textIn(event, 'title');
      const isPlain = event.data['allowable'] === true && !title.endsWith(cut);
      const came = { id, tool: textIn(event, 'tool'), title, isPlain };
      known.set(id, came);
      for (const listener of listeners) listener({ came });
    } else if (event.type === 'permission.decided' && known.delete(id)) {
      for (const listener of listeners) listener({ went: id });
    }
  });
  return {
    waiting: () => [...known.values()].toReversed(),
    onChange: (listener) => void listeners.push(listener),
    decide(id, behavior) {
      worker.router
        .createCaller(worker.createContext())
        .permissions.decide({ id, behavior })
        .catch((cause: unknown) => log.warn('The permission request was not decided.', { cause: toLogFormat(cause) }));
    },
    stop,
  };
}

function textIn(event: MemoryEvent, field: string): string {
  const value = event.data[field];
  return typeof value === 'string' ? value : '';
}
