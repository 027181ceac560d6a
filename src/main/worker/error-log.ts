import type { RecentError } from '../../shared/views.ts';
import type { Logger } from '../observe/logger.ts';

const mostErrors = 50;

export interface ErrorLog {
  add(code: string, message: string): void;
  /** The latest first; the same error is one entry with a count. */
  recent(): RecentError[];
}

/** The errors of late, for the status page; also written to the log. */
export function createErrorLog(log: Logger): ErrorLog {
  const errors = new Map<string, RecentError>();
  return {
    add(code, message) {
      log.error(message, { code });
      const key = `${code}\n${message}`;
      const count = (errors.get(key)?.count ?? 0) + 1;
      errors.delete(key);
      errors.set(key, { at: new Date().toISOString(), code, message, count });
      const oldest = errors.keys().next();
      if (errors.size > mostErrors && !oldest.done) errors.delete(oldest.value);
    },
    recent: () => [...errors.values()].toReversed(),
  };
}
