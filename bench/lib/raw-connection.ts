import { connect, type Socket } from 'node:net';

/** One HTTP/1.1 connection that is written by hand, so that the client costs next to nothing beside what it measures. */
export interface RawConnection {
  /** Sends one request and resolves with the status once its whole answer is there; rejects when the connection ends. */
  send(request: Buffer): Promise<number>;
  close(): void;
}

const headEnd = Buffer.from('\r\n\r\n');

/** The whole request as bytes, made before the clock starts. */
export function postRequest(port: number, path: string, token: string, body: string): Buffer {
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    `Authorization: Bearer ${token}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** Opens a connection to a port of this machine; one request at a time. */
export async function openRawConnection(port: number): Promise<RawConnection> {
  const socket = await connected(port);
  let received: Buffer = Buffer.alloc(0);
  let waiting: PromiseWithResolvers<number> | null = null;
  socket.on('data', (chunk: Buffer) => {
    received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
    const answer = completeAnswer(received);
    if (answer === null) return;
    received = received.subarray(answer.length);
    waiting?.resolve(answer.status);
    waiting = null;
  });
  const fail = (error?: Error) => {
    waiting?.reject(error ?? new Error('The connection ended before the answer.'));
    waiting = null;
  };
  socket.on('error', fail);
  socket.on('close', () => fail());
  return {
    send: (request) => {
      waiting = Promise.withResolvers<number>();
      const { promise } = waiting;
      if (socket.destroyed) fail();
      else socket.write(request);
      return promise;
    },
    close: () => socket.destroy(),
  };
}

function connected(port: number): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  socket.once('connect', () => resolve(socket));
  socket.once('error', reject);
  return promise;
}

/** Status and length of the first answer when all of it is there. */
function completeAnswer(received: Buffer): { status: number; length: number } | null {
  const end = received.indexOf(headEnd);
  if (end < 0) return null;
  const head = received.toString('latin1', 0, end);
  const status = Number(head.slice(9, 12));
  const bodyLength = Number(/^content-length: *(\d+)/im.exec(head)?.[1] ?? 0);
  const bodyStart = end + headEnd.length;
  if (/^transfer-encoding: *chunked/im.test(head)) {
    const last = received.indexOf('\r\n0\r\n\r\n', bodyStart - 2, 'latin1');
    return last < 0 ? null : { status, length: last + 7 };
  }
  const length = bodyStart + bodyLength;
  return received.length < length ? null : { status, length };
}
