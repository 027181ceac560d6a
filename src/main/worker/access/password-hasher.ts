import { Worker as Thread } from 'node:worker_threads';
import { threadScript } from '../thread-script.ts';

export interface PasswordTask {
  password: string;
  /** Null: make one. */
  hash: string | null;
}

export type PasswordReply = { made: string } | { fits: boolean };

export interface PasswordHasher {
  /** Both reject with `PasswordsBusyError` when too many wait. */
  hash(password: string): Promise<string>;
  verify(password: string, hash: string): Promise<boolean>;
  close(): Promise<void>;
}

/** So many passwords wait already that the answer would come too late. */
export class PasswordsBusyError extends Error {
  constructor() {
    super('Too many passwords are being checked at once. Try again in a few seconds.');
    this.name = 'PasswordsBusyError';
  }
}

/** A second of work: whoever floods the login waits, hooks and searches do not. */
const mostWaiting = 20;
/** The thread and the 19 MB that Argon2id takes are given back after this time without a password. */
const idleMs = 30_000;

interface Waiting {
  task: PasswordTask;
  resolve(reply: PasswordReply): void;
  reject(error: Error): void;
}

/** Argon2id in a thread of its own, one password at a time; the thread starts with the first one. */
export function createPasswordHasher(): PasswordHasher {
  const queue: Waiting[] = [];
  let current: Waiting | null = null;
  let thread: Thread | null = null;
  let idle: NodeJS.Timeout | null = null;
  let closed = false;

  function start(): Thread {
    const started = new Thread(threadScript('password-thread', import.meta.dirname));
    started.on('message', (reply: PasswordReply) => {
      current?.resolve(reply);
      current = null;
      next();
    });
    const failed = (error: Error) => {
      if (thread !== started) return;
      thread = null;
      current?.reject(error);
      current = null;
      next();
    };
    started.on('error', (thrown: unknown) => failed(thrown instanceof Error ? thrown : new Error(String(thrown))));
    started.on('exit', () => failed(new Error('The thread that hashes passwords has ended.')));
    return started;
  }

  function end(): Promise<unknown> {
    const last = thread;
    thread = null;
    return last?.terminate() ?? Promise.resolve();
  }

  function next(): void {
    if (current !== null || closed) return;
    if (idle !== null) clearTimeout(idle);
    current = queue.shift() ?? null;
    if (current === null) {
      idle = setTimeout(() => void end(), idleMs).unref();
      return;
    }
    thread ??= start();
    thread.postMessage(current.task);
  }

  function hand(task: PasswordTask): Promise<PasswordReply> {
    if (closed) return Promise.reject(new Error('The memory is closing.'));
    if (queue.length >= mostWaiting) return Promise.reject(new PasswordsBusyError());
    return new Promise((resolve, reject) => {
      queue.push({ task, resolve, reject });
      next();
    });
  }

  return {
    async hash(password) {
      const reply = await hand({ password, hash: null });
      if (!('made' in reply)) throw new Error('The thread that hashes passwords answered something else.');
      return reply.made;
    },
    async verify(password, hash) {
      const reply = await hand({ password, hash });
      return 'fits' in reply && reply.fits;
    },
    async close() {
      closed = true;
      if (idle !== null) clearTimeout(idle);
      const error = new Error('The memory is closing.');
      for (const waiting of [current, ...queue.splice(0)]) waiting?.reject(error);
      current = null;
      await end();
    },
  };
}
