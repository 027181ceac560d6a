import { parentPort } from 'node:worker_threads';
import type { ReaderReply, ReaderRequest } from '../reader-pool.ts';

/** Answers each question with its argument. */
const port = parentPort;
port?.on('message', (message: ReaderRequest[] | 'close') => {
  if (message === 'close') port.close();
  else port.postMessage(message.map(({ id, argument }): ReaderReply => ({ id, ok: true, value: argument })));
});
