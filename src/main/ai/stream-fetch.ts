import { ModelError } from './model.ts';

/**
 * `fetch` for a provider that streams: follows no redirect, so that key and texts go to whom they were meant for, and refuses an
 * answer that is no event stream, which is what a wrong address gives. `heard` is called for each piece of the body, whose
 * comments (keep-alives of some servers) the parsers above never see.
 */
export function createStreamFetch(who: string, heard: () => void): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, { ...init, redirect: 'manual' });
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      throw new ModelError(
        'setup',
        `${who} sends the request on to another address; texts only go to the address that was entered. Enter the other one in the settings.`,
      );
    }
    if (!response.ok || response.body === null) return response;
    const type = response.headers.get('content-type') ?? '';
    if (!type.includes('event-stream')) {
      await response.body.cancel();
      throw new ModelError(
        'format',
        `${who} answers something else than a model does (${type.split(';')[0] || 'nothing'}). Check the address in the settings.`,
      );
    }
    heard();
    const watched = response.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          heard();
          controller.enqueue(chunk);
        },
      }),
    );
    const { status, statusText, headers } = response;
    return new Response(watched, { status, statusText, headers });
  };
}
