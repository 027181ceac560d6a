import { z } from 'zod';
import type { MemoryHit, MemoryView } from '../../../shared/note-views.ts';
import { found } from '../../api/found.ts';
import { memoryHitsOutput, memoryOutput } from '../../api/outputs/memory-outputs.ts';
import { parseQuery } from '../../search/query/parse-query.ts';

/** Calls an operation of the contract with the rights of whoever asks; rejects with `TRPCError`. */
export type Call = (name: string, type: 'query' | 'mutation', input: unknown) => Promise<unknown>;

const mostFound = 100;

/** Memories through the contract's own operations, so that scopes, audit and limits are theirs. */
export function peerMemories(call: Call) {
  return {
    async get(id: string): Promise<MemoryView> {
      const memory = memoryOutput.parse(await call('memories.get', 'query', { id }));
      // What was forgotten can be taken back here; to these clients it is gone.
      return found(memory.forgotten_at === null ? memory : null, 'memory', id);
    },
    async remember(memory: object): Promise<MemoryView> {
      return memoryOutput.parse(await call('memories.remember', 'mutation', memory));
    },
    async revise(id: string, change: object): Promise<MemoryView> {
      return memoryOutput.parse(await call('memories.revise', 'mutation', { id, change }));
    },
    async remove(id: string): Promise<void> {
      await call('memories.remove', 'mutation', { id });
    },
    async search(request: object): Promise<MemoryHit[]> {
      return memoryHitsOutput.parse(await call('memories.search', 'query', { limit: mostFound, ...request }));
    },
  };
}

const bounds = z.object({ since: z.string().optional(), until: z.string().optional() });

/** What "last week" means now, in the worker's time zone; null when the phrase speaks of no time. */
export function timeIn(phrase: string): z.output<typeof bounds> | null {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const { clauses } = parseQuery(phrase, { now: Date.now(), timeZone });
  const times = clauses.map((clause) => bounds.parse(clause)).filter(({ since, until }) => since ?? until);
  if (times.length === 0) return null;
  return bounds.parse(Object.assign({}, ...times));
}
