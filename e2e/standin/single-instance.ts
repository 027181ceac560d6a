import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface InstanceLock {
  /** False when another process holds the lock; it is then told about this launch. */
  acquired: boolean;
  /** Resolves once the other process has been told. */
  told: Promise<void>;
  release(): void;
}

/** One process for each profile folder; the second one hands its arguments to the first, as Electron's lock does. */
export function lockInstance(userData: string, onSecondInstance: (argv: string[], cwd: string) => void): InstanceLock {
  const file = join(userData, 'SingletonLock');
  const socket = join(tmpdir(), `standin-${createHash('sha256').update(userData).digest('hex').slice(0, 16)}.sock`);
  if (holderIsAlive(file)) return { acquired: false, told: tell(socket), release: () => undefined };

  rmSync(socket, { force: true });
  writeFileSync(file, String(process.pid));
  const server = listen(socket, onSecondInstance);
  return {
    acquired: true,
    told: Promise.resolve(),
    release() {
      server.close();
      rmSync(file, { force: true });
      rmSync(socket, { force: true });
    },
  };
}

function holderIsAlive(file: string): boolean {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}

function listen(socket: string, onSecondInstance: (argv: string[], cwd: string) => void): Server {
  const server = createServer((connection) => {
    const chunks: Buffer[] = [];
    connection.on('data', (chunk) => chunks.push(chunk));
    connection.on('end', () => {
      const launch = JSON.parse(Buffer.concat(chunks).toString()) as { argv: string[]; cwd: string };
      onSecondInstance(launch.argv, launch.cwd);
    });
  });
  server.listen(socket).unref();
  return server;
}

function tell(socket: string): Promise<void> {
  return new Promise((resolve) => {
    const connection = connect(socket, () => {
      connection.end(JSON.stringify({ argv: process.argv, cwd: process.cwd() }));
    });
    connection.on('close', () => resolve());
    connection.on('error', () => resolve());
    connection.resume();
  });
}
