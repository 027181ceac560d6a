import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { readOrCreateToken } from '../../access/tokens.ts';
import { dataFolder, dataPaths } from '../../store/data-folder.ts';
import { readWorkerFile } from '../../store/worker-file.ts';
import { isProof } from '../../access/prove-worker.ts';

const hookPath = '/hooks/claude-code';
const proveWithinMs = 1_000;

/**
 * `cmem hook`: hands one hook event (JSON on the input) to the memory and prints its answer, for agents that can run a command
 * but not send a request with a token. Ends with 0 and says nothing when no memory runs: the agent goes on, and the
 * transcript has it for later. Uses node:http, which loads in a third of the time of `fetch`.
 */
export async function runHook(data: string | undefined): Promise<number> {
  const body = await wholeInput();
  try {
    const answer = await deliver(dataFolder(data), body);
    // Waited for: where pipes are written in the background, the process would end before.
    if (answer !== '') await new Promise<void>((done) => process.stdout.write(answer, () => done()));
  } catch {
    // An agent must not stop because its memory is not there.
  }
  return 0;
}

async function deliver(dataDir: string, body: Buffer): Promise<string> {
  const worker = readWorkerFile(dataPaths(dataDir).worker);
  if (worker === null || body.length === 0 || !existsSync(join(dataDir, 'owner.token'))) return '';
  const challenge = randomBytes(24).toString('base64url');
  const health = await ask(`${worker.url}/api/v1/health?challenge=${challenge}`, { timeout: proveWithinMs });
  const proof: unknown = JSON.parse(health.text);
  if (!isProof(proof, readOrCreateToken(dataDir, 'owner'), challenge)) return '';
  const headers = {
    authorization: `Bearer ${readOrCreateToken(dataDir, 'capture')}`,
    'content-type': 'application/json',
    'content-length': body.length,
  };
  // No limit of ours: the agent ends the command at its own, and a permission may take minutes.
  const { status, text } = await ask(`${worker.url}${hookPath}`, { method: 'POST', headers }, body);
  return status === 200 ? text : '';
}

function ask(
  url: string,
  options: { method?: string; headers?: Record<string, string | number>; timeout?: number },
  body?: Buffer,
): Promise<{ status: number; text: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>();
  const sent = request(url, options, (response) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('end', () =>
      resolve({ status: response.statusCode ?? 0, text: Buffer.concat(chunks).toString('utf8') }),
    );
    response.on('error', reject);
  });
  sent.on('timeout', () => sent.destroy(new Error('no answer in time')));
  sent.on('error', reject);
  sent.end(body);
  return promise;
}

async function wholeInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  process.stdin.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(process.stdin, 'end');
  return Buffer.concat(chunks);
}
