import { describe, expect, test } from 'vitest';
import { estimateTokens } from '../../shared/tokens.ts';
import { costOf, defaultPrices, mostCost, mostTokens, priceOf, type NamedPrice } from './prices.ts';

const row = (model: string, input: number): NamedPrice => ({
  model,
  input,
  output: input * 5,
  cacheRead: input / 10,
  cacheWrite: input * 1.25,
});

describe('which row a model is priced by', () => {
  // Catches: a newer model charged as an older one whose name begins alike, and the other way round.
  test.each([
    ['claude-opus-5-5', 'claude-opus-5-5*'],
    ['claude-opus-5-5[1m]', 'claude-opus-5-5*'],
    ['claude-opus-5', 'claude-opus-5*'],
    ['claude-opus-4-1-20250805', 'claude-opus-4-1*'],
    ['claude-opus-4-5-20251101', 'claude-opus-4-*'],
    ['claude-opus-4-20250514', 'claude-opus-4-2025*'],
    ['claude-haiku-4-5-20251001', 'claude-haiku-4-5*'],
    ['CLAUDE-Haiku-4-5', 'claude-haiku-4-5*'],
    ['gpt-5', 'gpt-5'],
    ['gpt-5-2025-08-07', 'gpt-5-2025*'],
    ['gpt-5-mini-2025-08-07', 'gpt-5-mini*'],
    ['gpt-5.4-mini', 'gpt-5.4-mini*'],
    ['gpt-5.4', 'gpt-5.4*'],
    ['anthropic/claude-haiku-5.5', 'claude-haiku-5-5*'],
    ['openai/gpt-6-luna', 'gpt-6-luna*'],
    ['haiku', 'haiku*'],
  ])('%s → %s', (model, expected) => {
    expect(priceOf(model, [])?.model).toBe(expected);
  });

  test.each([['gpt-5.9-ultra'], ['llama3.3:70b'], ['claude'], ['gpt'], [''], ['*'], ['/'], ['claude-opus-6']])(
    'nothing is guessed for %j',
    (model) => {
      expect(priceOf(model, [])).toBeNull();
    },
  );

  test("a person's row goes before the list's, however well that fits; an exact name before every beginning", () => {
    const own = [row('claude-*', 1), row('claude-haiku*', 2), row('claude-haiku-4-5', 3), row('*', 9)];
    expect(priceOf('claude-haiku-4-5', own)?.input).toBe(3);
    expect(priceOf('claude-haiku-4-5-20251001', own)?.input).toBe(2);
    expect(priceOf('claude-opus-5-5', own)?.input).toBe(1);
    expect(priceOf('llama3', own)?.input).toBe(9);
  });

  test('every row of the list is found by its own name and costs something', () => {
    for (const { model, input, output, cacheRead } of defaultPrices) {
      expect(priceOf(model.replace('*', ''), [])?.model).toBe(model);
      expect(output).toBeGreaterThan(input);
      expect(cacheRead).toBeGreaterThan(0);
      expect(cacheRead).toBeLessThanOrEqual(input);
    }
  });
});

describe('what a call cost', () => {
  const usage = {
    inputTokens: 1_000,
    outputTokens: 200,
    cacheReadTokens: 10_000,
    cacheWriteTokens: 400,
    costUsd: null,
  };

  test('each kind of token by its own rate, in millionths of a dollar; what the cache saved beside it', () => {
    // 1,000 × 1 + 200 × 5 + 10,000 × 0.1 + 400 × 1.25
    expect(costOf(usage, row('m', 1))).toEqual({ costMicros: 3_500, savedMicros: 9_000 });
  });

  test('what the provider says counts, also where no price is known', () => {
    expect(costOf({ ...usage, costUsd: 0.25 }, row('m', 1)).costMicros).toBe(250_000);
    expect(costOf({ ...usage, costUsd: 0.25 }, null)).toEqual({ costMicros: 250_000, savedMicros: 0 });
    expect(costOf(usage, null)).toEqual({ costMicros: 0, savedMicros: 0 });
  });

  // Catches: a long prompt at the price of a short one.
  test('a long prompt costs its factor, on the answer too', () => {
    const haiku = priceOf('claude-haiku-5-5', []);
    const cost = (inputTokens: number) =>
      costOf({ ...usage, inputTokens, outputTokens: 1_000, cacheReadTokens: 0, cacheWriteTokens: 0 }, haiku).costMicros;
    expect(cost(100_000)).toBe(10_500);
    expect(cost(100_001)).toBe(52_501);
  });
});

describe('what a call may cost at most', () => {
  // Catches: a bound below what is charged: newer tokenizers make up to a third more of the same text than the usual estimate.
  test.each([
    ['English', 'The migration failed because the table was locked by another writer. '],
    ['code', 'for (const { id, cost } of rows) if (cost > limit) throw new Error(`${id}: ${cost}`); '],
    ['Chinese', '迁移失败，因为该表被另一个写入者锁定。'],
  ])('of %s', (_name, text) => {
    const long = text.repeat(100);
    expect(mostTokens([long])).toBeGreaterThan(estimateTokens(long) * 1.33);
  });

  test('all of it written to the cache and answered at full length', () => {
    expect(mostCost({ inputTokens: 1_000, maxOutputTokens: 100 }, row('m', 1))).toBe(1_750);
  });
});
