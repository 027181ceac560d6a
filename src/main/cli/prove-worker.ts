import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { proofOf } from '../access/tokens.ts';

const withinMs = 5_000;

const answer = z.object({ proof: z.string() });

/**
 * Makes sure that the program at `url` is the worker of this data folder, before it is told the owner's token: after a
 * worker was killed, its port may belong to anybody. Rejects when it is another program or does not answer.
 */
export async function proveWorker(url: string, ownerToken: string): Promise<void> {
  const challenge = randomBytes(24).toString('base64url');
  const response = await fetch(`${url}/api/v1/health?challenge=${challenge}`, {
    signal: AbortSignal.timeout(withinMs),
  });
  const given = answer.safeParse(await response.json().catch(() => null));
  if (!given.success || given.data.proof !== proofOf(ownerToken, challenge)) {
    throw new Error('another program answers on this port');
  }
}
