import type { Directory } from '../access/directory.ts';
import type { WorkerOptions } from './worker.ts';

/** The port is not opened as it was asked for; the message says what to do. */
export class BindError extends Error {
  readonly code: 'TLS_REQUIRED' | 'LOGIN_REQUIRED';
  constructor(code: BindError['code'], message: string) {
    super(message);
    this.name = 'BindError';
    this.code = code;
  }
}

/** Names and addresses that only this machine reaches. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** Other machines are let in with TLS only, and only where somebody can log in. Throws `BindError`. */
export function assertMayOpen(
  { host = '127.0.0.1', outside }: Pick<WorkerOptions, 'host' | 'outside'>,
  { directory }: { directory: Pick<Directory, 'size'> },
): void {
  if (!isLoopback(host)) {
    throw new BindError(
      'TLS_REQUIRED',
      `Without TLS this memory answers on this machine only, not on ${host}. Give --tls-cert FILE and --tls-key FILE.`,
    );
  }
  if (outside === undefined || isLoopback(outside.host) || directory.size() > 0) return;
  throw new BindError(
    'LOGIN_REQUIRED',
    'Nobody could log in from another machine yet. Start without --host, run "cmem users create" or "cmem keys create", ' +
      'and start again.',
  );
}

/** What clients elsewhere call; the first name that was given, else the address of the bind. */
export function outsideUrlOf({ outside }: Pick<WorkerOptions, 'outside'>, port: number | null): string | null {
  if (outside === undefined || port === null) return null;
  const name = outside.hosts[0] ?? (outside.host === '0.0.0.0' || outside.host === '::' ? '127.0.0.1' : outside.host);
  return /:\d+$/.test(name) ? `https://${name}` : `https://${name}:${port}`;
}
