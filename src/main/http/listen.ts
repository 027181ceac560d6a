import type { Server } from 'node:net';

/** The port could not be taken; the message says by what and what to do. */
export class PortError extends Error {
  readonly code: 'PORT_IN_USE' | 'PORT_UNUSABLE';
  constructor(code: PortError['code'], message: string, cause: unknown) {
    super(message, { cause });
    this.name = 'PortError';
    this.code = code;
  }
}

/** Resolves with the port that was taken. Rejects with `PortError`; `option` is what chooses another one. */
export function listen(server: Server, host: string, port: number, option: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const inUse = cause.code === 'EADDRINUSE';
      reject(
        new PortError(
          inUse ? 'PORT_IN_USE' : 'PORT_UNUSABLE',
          inUse
            ? `Port ${port} on ${host} is in use by another program. Stop it, or choose another port with ${option}.`
            : `Port ${port} on ${host} cannot be used (${cause.code ?? cause.message}). Choose another with ${option}.`,
          cause,
        ),
      );
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
