import type { Server } from 'node:net';
import { z } from 'zod';

/** A worker of this machine answers at once. */
const sayWithinMs = 1_000;
const workerHealth = z.object({ status: z.literal('ok'), version: z.string(), pid: z.number() });

/** The port could not be taken; the message says by what and what to do. */
export class PortError extends Error {
  readonly code: 'PORT_IN_USE' | 'PORT_UNUSABLE';
  /** The worker that has it, where it is one. */
  readonly pid: number | undefined;
  constructor(code: PortError['code'], message: string, cause: unknown, pid?: number) {
    super(message, { cause });
    this.name = 'PortError';
    this.code = code;
    this.pid = pid;
  }
}

/** Resolves with the port that was taken. Rejects with `PortError`; `option` is what chooses another one. */
export function listen(server: Server, host: string, port: number, option: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'EADDRINUSE') {
        const why = cause.code ?? cause.message;
        const message = `Port ${port} on ${host} cannot be used (${why}). Choose another with ${option}.`;
        return reject(new PortError('PORT_UNUSABLE', message, cause));
      }
      void workerAt(host, port).then((pid) => {
        const holder = pid === undefined ? 'another program' : `the memory of another data folder (process ${pid})`;
        const message = `Port ${port} on ${host} is in use by ${holder}. Stop it, or choose another port with ${option}.`;
        reject(new PortError('PORT_IN_USE', message, cause, pid));
      });
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** Two memories may want the usual port: one that an agent began, and the person's own. */
async function workerAt(host: string, port: number): Promise<number | undefined> {
  try {
    const answer = await fetch(`http://${host}:${port}/api/v1/health`, { signal: AbortSignal.timeout(sayWithinMs) });
    return workerHealth.parse(await answer.json()).pid;
  } catch {
    return undefined;
  }
}
