import type { UnderstandingParts } from './parts.ts';

/** Whoever reads on has them counted together. */
const gatheredForMs = 2_000;

/** Counts which observations are opened, and tells the writer of many at once: a count that is lost with a crash is no loss. */
export function createUseCounter(
  writer: Pick<UnderstandingParts['writer'], 'call'>,
  onFault: (error: unknown) => void,
) {
  const counts = new Map<string, number>();
  let timer: NodeJS.Timeout | null = null;

  async function flush(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (counts.size === 0) return;
    const told = [...counts];
    counts.clear();
    await writer.call('upkeepUsed', { counts: told, at: Date.now() }).catch(onFault);
  }

  return {
    opened(id: string): void {
      counts.set(id, (counts.get(id) ?? 0) + 1);
      timer ??= setTimeout(() => void flush(), gatheredForMs).unref();
    },
    /** Tells the rest and counts on. */
    flush,
  };
}
