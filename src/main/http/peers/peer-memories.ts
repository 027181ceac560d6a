import { z } from 'zod';
import type { MemoryHit, MemoryView } from '../../../shared/note-views.ts';
import { found } from '../../api/found.ts';
import { memoryHitsOutput, memoryOutput } from '../../api/outputs/memory-outputs.ts';
import { parseQuery } from '../../search/query/parse-query.ts';
import { createCalendar } from '../../search/query/zoned-calendar.ts';
import { namedDays } from './named-times.ts';

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

/** What mcp-memory-service means by them. */
const vague: Readonly<Partial<Record<string, string>>> = { recent: 'past week', recently: 'past week' };

/** What "last week" means now, in the worker's time zone; null when the phrase speaks of no time. */
export function timeIn(phrase: string): z.output<typeof bounds> | null {
  const [, first, second] = /^between\s+(.+?)\s+and\s+(.+)$/i.exec(phrase.trim()) ?? [];
  if (first !== undefined && second !== undefined) {
    const [from, to] = [timeIn(first), timeIn(second)];
    if (from?.since !== undefined && to?.until !== undefined) return { since: from.since, until: to.until };
  }
  const said = vague[phrase.trim().toLowerCase()] ?? phrase;
  // The whole of it is to be a time, so "may" is the month, which in a search would be a word.
  return timeOfName(said) ?? timeOfQuery(said) ?? timeOfQuery(`on:"${said.replaceAll('"', '')}"`);
}

/** Seasons and the like are words of a search, so its own language knows none of them. */
function timeOfName(phrase: string): z.output<typeof bounds> | null {
  const calendar = createCalendar(here());
  const days = namedDays(phrase, calendar.today);
  const written = (day: number) => new Date(calendar.at(day)).toISOString();
  return days === null ? null : { since: written(days.from), until: written(days.to) };
}

function timeOfQuery(query: string): z.output<typeof bounds> | null {
  const { clauses } = parseQuery(query, here());
  const times = clauses.map((clause) => bounds.parse(clause)).filter(({ since, until }) => since ?? until);
  if (times.length === 0) return null;
  return bounds.parse(Object.assign({}, ...times));
}

function here(): { now: number; timeZone: string } {
  return { now: Date.now(), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
}
