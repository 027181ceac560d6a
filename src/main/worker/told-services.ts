import { randomUUID } from 'node:crypto';
import type { Signals } from '../api/event-feed.ts';
import type { MemoryService } from '../api/memory-services.ts';
import type { HealthService } from '../api/record-services.ts';
import type { SearchService } from '../api/services.ts';
import type { AskService } from '../api/understanding-services.ts';
import type { AskAnswer } from '../../shared/ask-views.ts';
import type { SearchAnswer } from '../../shared/search-views.ts';
import type { SignalChannel } from './signals.ts';

/** Services that tell whoever listens what they do, and never what they were asked. */

const counted = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

/** Tells of each search that came to its end. */
export function tellSearches(search: SearchService, signals: Signals): SearchService {
  function tell({ mode, hits, took_ms }: SearchAnswer): void {
    const message = `A search found ${counted(hits.length, 'result', 'results')}.`;
    signals.tell('search_completed', {
      search_type: mode,
      results_count: hits.length,
      processing_time_ms: took_ms,
      message,
    });
  }

  return {
    ...search,
    async query(request) {
      const answer = await search.query(request);
      tell(answer);
      return answer;
    },
    async *progressive(request, signal) {
      let last: SearchAnswer | null = null;
      for await (const answer of search.progressive(request, signal)) {
        last = answer;
        yield answer;
      }
      if (last !== null) tell(last);
    },
  };
}

/** The same of memories, by the names that clients of other memories have for the kinds of search. */
export function tellMemorySearches(memories: MemoryService, signals: Signals): MemoryService {
  return {
    ...memories,
    async search(request) {
      const startedAt = performance.now();
      const hits = await memories.search(request);
      signals.tell('search_completed', {
        search_type: request.text !== undefined ? 'semantic' : request.tags !== undefined ? 'tag' : 'time',
        results_count: hits.length,
        processing_time_ms: Math.round(performance.now() - startedAt),
        message: `A search found ${counted(hits.length, 'memory', 'memories')}.`,
      });
      return hits;
    },
  };
}

/** Tells answers to questions as they grow, under the id of the request that asked. */
export function tellAnswers(ask: AskService, signals: Signals): AskService {
  const stream: AskService['stream'] = async function* (request, signal, requestId = randomUUID()) {
    const tell = (chunk: string, isFinal: boolean) =>
      signals.tell('stream_chunk', { request_id: requestId, chunk, is_final: isFinal });
    try {
      for await (const event of ask.stream(request, signal)) {
        if (event.type === 'text') tell(event.delta, false);
        yield event;
      }
    } finally {
      // However it ends: nobody is to wait for more.
      tell('', true);
    }
  };
  return {
    stream,
    async answer(request, signal, requestId): Promise<AskAnswer> {
      if (!signals.isHeard('stream_chunk')) return ask.answer(request, signal);
      for await (const event of stream(request, signal, requestId)) if (event.type === 'done') return event.answer;
      signal.throwIfAborted();
      throw new Error('The answer has no end.');
    },
  };
}

const healthEveryMs = 30_000;

/** Tells how the memory is, twice a minute while somebody listens. */
export function tellHealth(health: HealthService, signals: SignalChannel, onFault: (error: unknown) => void): void {
  async function tell(): Promise<void> {
    const { status, dependencies } = await health.ready();
    const details = Object.fromEntries(dependencies.map(({ name, state }) => [name, state]));
    const word = status === 'ok' ? 'healthy' : status;
    signals.tell('health_update', { status: word, details, message: `The memory is ${word}.` });
  }

  signals.source(['health_update'], () => {
    const timer = setInterval(() => void tell().catch(onFault), healthEveryMs);
    timer.unref();
    return () => clearInterval(timer);
  });
}

/** Tells of a copy of the memory from its begin to its end. */
export async function tellBackup<Made extends { name: string; sizeBytes: number }>(
  signals: Signals,
  make: () => Promise<Made>,
): Promise<Made> {
  signals.tell('backup_status', { status: 'started', file: null, size_bytes: null });
  try {
    const made = await make();
    signals.tell('backup_status', { status: 'completed', file: made.name, size_bytes: made.sizeBytes });
    return made;
  } catch (error) {
    signals.tell('backup_status', { status: 'failed', file: null, size_bytes: null });
    throw error;
  }
}
