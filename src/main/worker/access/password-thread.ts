import { parentPort } from 'node:worker_threads';
import { hashPassword, verifyPassword } from '../../access/passwords.ts';
import type { PasswordReply, PasswordTask } from './password-hasher.ts';

/** A thread that hashes passwords, one after the other: each takes a processor for some 70 ms. */
const port = parentPort;
if (port === null) throw new Error('Passwords are hashed in a thread of the worker, not on its own.');

port.on('message', (task: PasswordTask) => {
  void answer(task).then((reply) => port.postMessage(reply));
});

async function answer({ password, hash }: PasswordTask): Promise<PasswordReply> {
  return hash === null ? { made: await hashPassword(password) } : { fits: await verifyPassword({ password, hash }) };
}
