export interface Receiver {
  data(value: unknown): void;
  done(): void;
  error(cause: unknown): void;
}

/** Hands on each value until the source ends, fails or the signal aborts; after an abort nothing is handed on. */
export async function forwardEach(
  source: AsyncIterable<unknown>,
  signal: AbortSignal,
  receiver: Receiver,
): Promise<void> {
  const iterator = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await nextUnlessAborted(iterator, signal);
      if (next === 'aborted') break;
      if (next.done) {
        receiver.done();
        break;
      }
      receiver.data(next.value);
    }
  } catch (cause) {
    if (!signal.aborted) receiver.error(cause);
  } finally {
    // Not awaited: a generator that waits inside returns only when its own wait is over, which may be never.
    iterator.return?.().catch(() => undefined);
  }
}

/** Not Promise.race: a promise that outlives the loop would keep one reaction for every value that passed. */
function nextUnlessAborted(
  iterator: AsyncIterator<unknown>,
  signal: AbortSignal,
): Promise<IteratorResult<unknown> | 'aborted'> {
  if (signal.aborted) return Promise.resolve('aborted');
  return new Promise((resolve, reject) => {
    const onAbort = (): void => resolve('aborted');
    signal.addEventListener('abort', onAbort, { once: true });
    iterator
      .next()
      .then(resolve, reject)
      .finally(() => signal.removeEventListener('abort', onAbort));
  });
}
