import superjson from 'superjson';
import { z } from 'zod';
import { fill, type Locale } from '../../shared/messages/fill.ts';
import { CliError, exitCodes } from './cli-error.ts';
import { proveWorker } from '../access/prove-worker.ts';
import { reasonOf, refusedCall, type WorkerClient, type WorkerPlace } from './worker-client.ts';

const failure = z.looseObject({ message: z.string(), data: z.looseObject({ code: z.string() }) });
const problem = z.looseObject({ code: z.string(), detail: z.string().optional(), message: z.string().optional() });

/**
 * What a subscription of the worker gives, in order, as tRPC sends it over HTTP: an event stream whose events are SuperJSON.
 * Node has no EventSource. Rejects with `CliError`.
 */
export async function* subscribe<Event>(
  { worker, ownerToken }: WorkerClient,
  path: string,
  input: object,
  { dataDir, text, terminal }: WorkerPlace,
): AsyncGenerator<Event> {
  const place = { data: dataDir, url: worker.url };
  const lost = (error: unknown) => {
    const message = fill(text.errors.not_answering, { ...place, reason: reasonOf(error) });
    return new CliError('WORKER_NOT_ANSWERING', message, exitCodes.notRunning, { cause: error });
  };
  const query = encodeURIComponent(JSON.stringify(superjson.serialize(input)));
  const response = await open(`${worker.url}/trpc/${path}?input=${query}`, worker.url, ownerToken).catch(
    (error: unknown) => {
      throw lost(error);
    },
  );
  if (response.status === 401) throw new CliError('TOKEN_REFUSED', fill(text.errors.refused, place));
  if (!response.ok || response.body === null) {
    const said = problem.safeParse(await response.json().catch(() => null));
    if (!said.success) throw lost(new Error(`status ${response.status}`));
    throw refusedCall(said.data.code, said.data.detail ?? said.data.message ?? said.data.code, terminal.locale);
  }
  for await (const { name, data } of eventsOf(response.body)) {
    if (name === 'return') return;
    if (name === 'serialized-error') throw toError(data, terminal.locale);
    if (name === '') yield superjson.parse<Event>(data);
  }
  throw lost(new Error('the stream ended early'));
}

async function open(address: string, url: string, ownerToken: string): Promise<Response> {
  await proveWorker(url, ownerToken);
  return fetch(address, { headers: { authorization: `Bearer ${ownerToken}`, accept: 'text/event-stream' } });
}

/** Events as the HTML standard defines them, as far as tRPC uses that: one line of data each. */
async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<{ name: string; data: string }> {
  const decoder = new TextDecoder();
  let rest = '';
  let name = '';
  let data: string | null = null;
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('event: ')) name = line.slice(7);
      else if (line.startsWith('data: ')) data = line.slice(6);
      else if (line === '') {
        if (data !== null || name !== '') yield { name, data: data ?? '' };
        name = '';
        data = null;
      }
    }
  }
}

function toError(data: string, locale: Locale): CliError {
  const said = failure.safeParse(superjson.parse(data));
  return said.success
    ? refusedCall(said.data.data.code, said.data.message, locale)
    : new CliError('INTERNAL_SERVER_ERROR', data.slice(0, 500));
}
