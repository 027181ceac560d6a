import { randomBytes } from 'node:crypto';
import { proofOf } from './tokens.ts';

const withinMs = 5_000;

/**
 * Makes sure that the program at `url` is the worker of this data folder, before it is told the owner's token: after a
 * worker was killed, its port may belong to anybody. Rejects when it is another program or does not answer.
 */
export async function proveWorker(url: string, ownerToken: string): Promise<void> {
  const challenge = randomBytes(24).toString('base64url');
  const response = await fetch(`${url}/api/v1/health?challenge=${challenge}`, {
    signal: AbortSignal.timeout(withinMs),
  });
  if (!isProof(await response.json().catch(() => null), ownerToken, challenge)) {
    throw new Error('another program answers on this port');
  }
}

/** Whether an answer to the challenge could only have come from a worker that knows the token. */
export function isProof(answer: unknown, ownerToken: string, challenge: string): boolean {
  if (typeof answer !== 'object' || answer === null || !('proof' in answer)) return false;
  return answer.proof === proofOf(ownerToken, challenge);
}
