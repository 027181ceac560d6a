import { isDeepStrictEqual } from 'node:util';
import type { Timeouts } from './deadline.ts';
import type { Refusal } from './failures.ts';
import type { Streamed } from './stream-events.ts';

/** How an endpoint wants to be asked by a model's name; a `Manners` keeps what it turned out to refuse. */
export interface Manner {
  /**
   * native: the endpoint holds the model to the JSON schema; tool: the model is made to call a tool of that schema; object: the
   * endpoint holds it to JSON of any shape; prompt: the schema stands in the prompt alone.
   */
  structure: 'native' | 'tool' | 'object' | 'prompt';
  /** What the bound of the answer is called. */
  bound: 'max_tokens' | 'max_completion_tokens';
  /** Whether the model may be told to think little. */
  effort: boolean;
  /** Whether a stream may be asked to say what it used. */
  usage: boolean;
}

/** By address and model. Lives as long as the worker: finding out costs a request each time. */
export type Manners = Map<string, Manner>;

export interface EndpointAccess {
  /** Null takes the provider's own address. */
  baseUrl: string | null;
  /** Null sends none. */
  key: string | null;
  timeouts?: Partial<Timeouts>;
  manners: Manners;
}

/** What a request came to when it was refused. */
export type OnRefusal = (refusal: Refusal) => void;

/**
 * Asks in the manner that is known; when that is refused, in the one that `next` gives for the refusal, until there is none or it
 * was refused before: an endpoint that refuses both of two manners would be asked for ever. A manner that worked is kept. Only
 * what is refused before its answer begins is asked again, so nothing is paid or told twice.
 */
export async function* inManner(
  place: string,
  manners: Manners,
  usual: Manner,
  parts: {
    next(manner: Manner, refusal: Refusal): Manner | null;
    ask(manner: Manner, onRefusal: OnRefusal): AsyncIterable<Streamed>;
  },
): AsyncGenerator<Streamed> {
  let manner = manners.get(place) ?? usual;
  const refused: Manner[] = [];
  for (;;) {
    const refusals: Refusal[] = [];
    try {
      yield* parts.ask(manner, (refusal) => refusals.push(refusal));
      manners.set(place, manner);
      return;
    } catch (error) {
      const [refusal] = refusals;
      refused.push(manner);
      const other = refusal?.status === 400 || refusal?.status === 422 ? parts.next(manner, refusal) : null;
      if (other === null || refused.some((before) => isDeepStrictEqual(before, other))) throw error;
      manner = other;
    }
  }
}
