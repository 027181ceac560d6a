import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { Server } from 'node:https';
import { type Logger, toLogFormat } from '../observe/logger.ts';

export interface TlsFiles {
  /** PEM, the server's own certificate first. */
  certFile: string;
  /** PEM, without a passphrase. */
  keyFile: string;
}

/** The files cannot be used; the message says why and what to do. */
export class TlsFilesError extends Error {
  readonly code = 'TLS_FILES_UNUSABLE';
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'TlsFilesError';
  }
}

const lookedAtEveryMs = 60 * 60 * 1000;

/** Reads both and sees that they belong together and hold today. Rejects with `TlsFilesError`. */
export async function readTlsFiles({ certFile, keyFile }: TlsFiles): Promise<{ cert: string; key: string }> {
  const cert = await readText(certFile, '--tls-cert');
  const key = await readText(keyFile, '--tls-key');
  const certificate = parsed(
    () => new X509Certificate(cert),
    `The file ${certFile} of --tls-cert holds no certificate in PEM form.`,
  );
  const privateKey = parsed(
    () => createPrivateKey(key),
    `The file ${keyFile} of --tls-key holds no private key in PEM form without a passphrase.`,
  );
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new TlsFilesError(`The key in ${keyFile} does not belong to the certificate in ${certFile}.`);
  }
  if (certificate.validToDate.getTime() < Date.now()) {
    throw new TlsFilesError(`The certificate in ${certFile} expired on ${certificate.validTo}. Renew it.`);
  }
  return { cert, key };
}

/** Takes over renewed files while the server runs; returns its stop. */
export function keepTlsFilesFresh(server: Server, files: TlsFiles, log: Pick<Logger, 'error' | 'info'>): () => void {
  let seen: number | null = null;
  async function look(): Promise<void> {
    const changed = (await stat(files.certFile)).mtimeMs;
    if (seen !== null && changed !== seen) {
      server.setSecureContext(await readTlsFiles(files));
      log.info('The TLS files were read anew.', { file: files.certFile });
    }
    seen = changed;
  }
  const timer = setInterval(() => {
    look().catch((error: unknown) =>
      log.error('The TLS files could not be read anew; the old ones stay.', { reason: toLogFormat(error) }),
    );
  }, lookedAtEveryMs).unref();
  void look().catch(() => {});
  return () => clearInterval(timer);
}

async function readText(file: string, option: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new TlsFilesError(`The file ${file} of ${option} cannot be read (${reason}).`, error);
  }
}

function parsed<T>(parse: () => T, message: string): T {
  try {
    return parse();
  } catch (error) {
    throw new TlsFilesError(message, error);
  }
}
