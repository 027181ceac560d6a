import { isoTime } from '../../store/times.ts';
import type { ToolView } from '../../../shared/tool-views.ts';
import type { WriterClient } from '../writer-client.ts';
import type { ToolUse } from './tool-writer.ts';

/** Calls of an agent come in bursts. */
const gatheredForMs = 2_000;

/** Counts uses of tools and writes many at once: a count that is lost with a crash is no loss. */
export function createToolCounter(writer: Pick<WriterClient, 'call'>, onFault: (error: unknown) => void) {
  const gathered = new Map<string, ToolUse>();
  let timer: NodeJS.Timeout | null = null;

  async function flush(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (gathered.size === 0) return;
    const uses = [...gathered.values()];
    gathered.clear();
    await writer.call('toolUsed', uses).catch(onFault);
  }

  return {
    count(name: string, { failed, tookMs }: { failed: boolean; tookMs: number }): void {
      const use = gathered.get(name) ?? { name, count: 0, failures: 0, totalMs: 0, at: 0 };
      gathered.set(name, {
        name,
        count: use.count + 1,
        failures: use.failures + (failed ? 1 : 0),
        totalMs: use.totalMs + tookMs,
        at: Date.now(),
      });
      timer ??= setTimeout(() => void flush(), gatheredForMs).unref();
    },
    /** The figures with what was counted since they were written. */
    added(name: string, usage: ToolView['usage']): ToolView['usage'] {
      const use = gathered.get(name);
      if (use === undefined) return usage;
      const count = usage.count + use.count;
      return {
        count,
        failure_count: usage.failure_count + use.failures,
        average_ms: ((usage.average_ms ?? 0) * usage.count + use.totalMs) / count,
        last_used_at: isoTime(use.at),
      };
    },
    /** Writes the rest, and counts on. */
    flush,
  };
}
