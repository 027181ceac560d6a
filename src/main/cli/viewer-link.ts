import { fill } from '../../shared/messages/fill.ts';
import { CliError, exitCodes } from './cli-error.ts';
import { proveWorker } from '../access/prove-worker.ts';
import { connectWorker, reasonOf, type WorkerPlace } from './worker-client.ts';

const answerWithinMs = 5000;

/** An address of the running worker that opens the web viewer once, within ten minutes. Throws `CliError` when no worker runs. */
export async function viewerLink(context: WorkerPlace): Promise<string> {
  const { dataDir, text } = context;
  const { worker, ownerToken } = connectWorker(context);
  const place = { data: dataDir, url: worker.url };
  const response = await askForLink(worker.url, ownerToken).catch((cause: unknown) => {
    const message = fill(text.errors.not_answering, { ...place, reason: reasonOf(cause) });
    throw new CliError('WORKER_NOT_ANSWERING', message, exitCodes.notRunning, { cause });
  });
  const answer: unknown = response.ok ? await response.json() : null;
  if (typeof answer === 'object' && answer !== null && 'url' in answer) return String(answer.url);
  throw new CliError('TOKEN_REFUSED', fill(text.errors.refused, place));
}

async function askForLink(url: string, ownerToken: string): Promise<Response> {
  await proveWorker(url, ownerToken);
  return fetch(`${url}/api/v1/viewer/links`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ownerToken}` },
    signal: AbortSignal.timeout(answerWithinMs),
  });
}
