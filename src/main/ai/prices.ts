import type { ModelUsage } from './model.ts';

/** US dollars for a million tokens, which is the same number as millionths of a dollar for one. */
export interface ModelPrice {
  input: number;
  output: number;
  cacheRead: number;
  cacheWrite: number;
  /** Prompts of more tokens cost `factor` times as much, all of them. */
  long?: { above: number; factor: number };
}

export interface NamedPrice extends ModelPrice {
  /** A model's name, or its beginning followed by `*`. */
  model: string;
}

/**
 * As of 2026-11-21, compared with the providers' pages (platform.claude.com and developers.openai.com).
 * Standard rates with the cache of five minutes. A name that no row fits is not guessed: paid work waits for a person's price.
 * The short names are those that the `claude` program takes; they cost the dearest of what they may stand for.
 */
export const defaultPrices: readonly NamedPrice[] = [
  price('claude-fable-5-1*', 10, 50, 0.25, 12.5),
  price('claude-fable-5*', 10, 50, 1, 12.5),
  price('claude-opus-5-5*', 4, 20, 0.2, 5),
  price('claude-opus-5*', 5, 25, 0.5, 6.25),
  price('claude-opus-4-*', 5, 25, 0.5, 6.25),
  price('claude-opus-4-1*', 15, 75, 1.5, 18.75),
  price('claude-opus-4-0*', 15, 75, 1.5, 18.75),
  price('claude-opus-4-2025*', 15, 75, 1.5, 18.75),
  price('claude-sonnet-5-5*', 2, 10, 0.1, 2.5),
  price('claude-sonnet-5*', 2, 10, 0.2, 2.5),
  price('claude-sonnet-4*', 3, 15, 0.3, 3.75),
  { ...price('claude-haiku-5-5*', 0.1, 0.5, 0.01, 0.125), long: { above: 100_000, factor: 5 } },
  price('claude-haiku-4-5*', 1, 5, 0.1, 1.25),
  price('claude-3-5-haiku*', 0.8, 4, 0.08, 1),
  price('opus*', 5, 25, 0.5, 6.25),
  price('sonnet*', 3, 15, 0.3, 3.75),
  price('haiku*', 1, 5, 0.1, 1.25),
  price('gpt-6-astra*', 10, 50, 1, 12.5),
  price('gpt-6-sol*', 2, 10, 0.2, 2.5),
  price('gpt-6.1-terra*', 1, 5, 0.05, 1.25),
  price('gpt-6-luna*', 0.1, 0.5, 0.01, 0.125),
  price('gpt-5.6-sol*', 4, 20, 0.4, 5),
  price('gpt-5.6-terra*', 2, 12, 0.2, 2.5),
  price('gpt-5.6-luna*', 0.2, 1.2, 0.02, 0.25),
  price('gpt-5.5-pro*', 30, 180),
  price('gpt-5.5*', 5, 30, 0.5),
  price('gpt-5.4-pro*', 30, 180),
  price('gpt-5.4-mini*', 0.75, 4.5, 0.075),
  price('gpt-5.4-nano*', 0.2, 1.25, 0.02),
  price('gpt-5.4*', 2.5, 15, 0.25),
  price('gpt-5.2*', 1.75, 14, 0.175),
  price('gpt-5.2-pro*', 21, 168),
  price('gpt-5.1*', 1.25, 10, 0.125),
  price('gpt-5-mini*', 0.25, 2, 0.025),
  price('gpt-5-nano*', 0.05, 0.4, 0.005),
  price('gpt-5-pro*', 15, 120),
  price('gpt-5', 1.25, 10, 0.125),
  price('gpt-5-2025*', 1.25, 10, 0.125),
  price('gpt-4.1-mini*', 0.4, 1.6, 0.1),
  price('gpt-4.1-nano*', 0.1, 0.4, 0.025),
  price('gpt-4.1*', 2, 8, 0.5),
  price('gpt-4o-mini*', 0.15, 0.6, 0.075),
  price('gpt-4o*', 2.5, 10, 1.25),
];

/** Without a rate of their own, reading from and writing to a cache cost what input costs. */
function price(model: string, input: number, output: number, cacheRead = input, cacheWrite = input): NamedPrice {
  return { model, input, output, cacheRead, cacheWrite };
}

/**
 * The row for a model: its exact name, else the longest beginning. `own` goes before `list` as a whole. The maker's name that
 * routers put before (`anthropic/claude-haiku-5.5`) and their dots are only looked past when nothing fits the name as it is.
 */
export function priceOf(
  model: string,
  own: readonly NamedPrice[],
  list: readonly NamedPrice[] = defaultPrices,
): NamedPrice | null {
  const name = model.toLowerCase();
  const bare = name.slice(name.lastIndexOf('/') + 1);
  const names = [name, bare, ...(bare.startsWith('claude') ? [bare.replaceAll('.', '-')] : [])];
  for (const rows of [own, list]) {
    for (const candidate of names) {
      const row = bestRow(candidate, rows);
      if (row !== null) return row;
    }
  }
  return null;
}

function bestRow(name: string, rows: readonly NamedPrice[]): NamedPrice | null {
  let best: NamedPrice | null = null;
  for (const row of rows) {
    const pattern = row.model.toLowerCase();
    if (pattern === name) return row;
    if (!pattern.endsWith('*') || !name.startsWith(pattern.slice(0, -1))) continue;
    if (best === null || pattern.length > best.model.length) best = row;
  }
  return best;
}

export interface CallCost {
  /** Millionths of a US dollar. */
  costMicros: number;
  /** What reading from the cache was cheaper than sending anew. */
  savedMicros: number;
}

/** What a call cost: what the provider says, else by the price. Free without either. */
export function costOf(usage: ModelUsage, rate: ModelPrice | null): CallCost {
  const said = usage.costUsd === null ? null : Math.round(usage.costUsd * 1e6);
  if (rate === null) return { costMicros: said ?? 0, savedMicros: 0 };
  const factor = factorOf(rate, usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens);
  const counted =
    usage.inputTokens * rate.input +
    usage.outputTokens * rate.output +
    usage.cacheReadTokens * rate.cacheRead +
    usage.cacheWriteTokens * rate.cacheWrite;
  const saved = usage.cacheReadTokens * Math.max(0, rate.input - rate.cacheRead);
  return { costMicros: said ?? Math.round(counted * factor), savedMicros: Math.round(saved * factor) };
}

/** The most that a call may cost: all of it written to the cache, and every token of the answer used. */
export function mostCost(tokens: { inputTokens: number; maxOutputTokens: number }, rate: ModelPrice): number {
  const { inputTokens, maxOutputTokens } = tokens;
  const counted = inputTokens * Math.max(rate.input, rate.cacheWrite) + maxOutputTokens * rate.output;
  return Math.ceil(counted * factorOf(rate, inputTokens));
}

function factorOf({ long }: ModelPrice, promptTokens: number): number {
  return long !== undefined && promptTokens > long.above ? long.factor : 1;
}

/** A prompt's tokens at most: English and code have three bytes a token and more, Chinese two and more, in the newest tokenizers too. */
export function mostTokens(texts: readonly string[]): number {
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  return Math.ceil(bytes / 2) + framingTokens;
}

/** What a provider adds to a request: roles, the tool that holds a schema. */
const framingTokens = 600;
