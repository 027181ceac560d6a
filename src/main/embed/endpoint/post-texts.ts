import { failureOf, RequestFailure } from './request-failure.ts';

export interface EmbeddingRequest {
  url: URL;
  key: string | null;
  body: string;
  timeoutMs: number;
  /** A longer answer is refused before it is read. */
  mostAnswerBytes: number;
}

const mostErrorBytes = 16 * 1024;
const mostRedirects = 3;

/**
 * Posts one request and returns the answer's body. Follows redirects within the host only, so that key and texts go to whom
 * they were meant for. Rejects with `RequestFailure`, whose message never holds the key, or with the signal's reason.
 */
export async function postTexts(request: EmbeddingRequest, signal: AbortSignal): Promise<Uint8Array> {
  const timeout = AbortSignal.timeout(request.timeoutMs);
  const either = AbortSignal.any([signal, timeout]);
  try {
    const response = await send(request, either);
    if (response.ok) return await readBody(response, request.mostAnswerBytes);
    const said = new TextDecoder().decode(await readBody(response, mostErrorBytes, 'cut'));
    throw failureOf(response.status, response.headers, withoutKey(said, request.key), Date.now());
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof RequestFailure) throw error;
    if (timeout.aborted) {
      const seconds = request.timeoutMs / 1_000;
      throw new RequestFailure('TIMEOUT', `The endpoint did not answer within ${seconds} s.`, { isPassing: true });
    }
    throw new RequestFailure(
      'UNREACHABLE',
      `The endpoint ${request.url.host} cannot be reached${causeOf(error)}. Is it running?`,
      { isPassing: true },
    );
  }
}

async function send(request: EmbeddingRequest, signal: AbortSignal): Promise<Response> {
  let { url } = request;
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const response = await fetch(url, {
      method: 'POST',
      redirect: 'manual',
      signal,
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(request.key === null ? {} : { authorization: `Bearer ${request.key}` }),
      },
      body: request.body,
    });
    const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null;
    if (location === null) return response;
    await response.body?.cancel();
    const next = URL.parse(location, url.href);
    if (next === null || next.origin !== url.origin) {
      const where = next === null ? 'an address that cannot be read' : next.origin;
      throw new RequestFailure(
        'REFUSED',
        `The endpoint sends the request on to ${where}; texts only go to the address that was entered.`,
      );
    }
    url = next;
  }
  throw new RequestFailure('REFUSED', 'The endpoint sends the request on again and again.');
}

/** Reads at most so many bytes; of more, `cut` takes the beginning, else it is refused. */
async function readBody(
  response: Response,
  mostBytes: number,
  excess: 'refuse' | 'cut' = 'refuse',
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body?.getReader();
  for (;;) {
    const piece: { value?: unknown } | undefined = await reader?.read();
    if (!(piece?.value instanceof Uint8Array)) break;
    chunks.push(piece.value);
    size += piece.value.byteLength;
    if (size <= mostBytes) continue;
    await reader?.cancel();
    if (excess === 'cut') break;
    throw new RequestFailure('BAD_ANSWER', `The endpoint answers more than ${Math.ceil(mostBytes / 1024 / 1024)} MB.`);
  }
  return Buffer.concat(chunks).subarray(0, mostBytes);
}

/** Some servers repeat the key in what they say about it. */
function withoutKey(said: string, key: string | null): string {
  return key === null ? said : said.replaceAll(key, '[key]');
}

/** Only a code: the system's words for it could hold more than the host. */
function causeOf(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined;
  return typeof cause === 'object' && cause !== null && 'code' in cause ? ` (${String(cause.code)})` : '';
}
