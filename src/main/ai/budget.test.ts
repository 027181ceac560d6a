import { describe, expect, test } from 'vitest';
import { estimateTokens } from '../../shared/tokens.ts';
import { fitToBudget, shorten, type Piece } from './budget.ts';

const piece = (order: number, importance: number, text = `piece ${order} ${'word '.repeat(30)}end${order}`): Piece => ({
  text,
  importance,
  order,
});

describe('a budget', () => {
  test('that is large enough changes nothing but the order', () => {
    const fitted = fitToBudget([piece(2, 1, 'b'), piece(1, 0, 'a'), piece(3, 0, '  ')], 1_000);
    expect(fitted).toEqual({ text: 'a\n\nb', tokens: 1, kept: 2, elided: 0, shortened: 0 });
  });

  test('keeps the most important, in their order, and marks what is missing', () => {
    const pieces = [0.1, 0.9, 0.1, 0.1, 0.8, 0.1].map((importance, order) => piece(order, importance));
    const fitted = fitToBudget(pieces, 170);
    expect(
      [...fitted.text.matchAll(/piece (\d)|\[… (\d) parts? left out …\]/g)].map(([, kept, gap]) => kept ?? `-${gap}`),
    ).toEqual(['-1', '1', '-2', '4', '-1']);
    expect(fitted).toMatchObject({ kept: 2, elided: 4, shortened: 0 });
  });

  test('that has room for half of the next keeps its beginning and its end', () => {
    const long = `begin ${'middle '.repeat(400)} finish`;
    const fitted = fitToBudget([piece(0, 0.9), piece(1, 0.8, long), piece(2, 0.1)], 250);
    expect(fitted.text).toMatch(/begin[\s\S]*characters left out[\s\S]*finish/);
    expect(fitted).toMatchObject({ kept: 2, elided: 1, shortened: 1 });
  });

  // Catches: a request that is longer than what a person allowed, whatever the scripts and sizes.
  test.each([0, 1, 30, 100, 777, 5_000])('of %i tokens is not exceeded', (budget) => {
    const pieces = Array.from({ length: 60 }, (_, order) =>
      piece(
        order,
        (order * 37) % 10,
        (order % 3 === 0 ? '数据库被锁住了。' : 'The database is locked. ').repeat(1 + ((order * 7) % 50)),
      ),
    );
    const { tokens } = fitToBudget(pieces, budget);
    // A line that says how much is missing is left even where nothing fits.
    expect(tokens).toBeLessThanOrEqual(Math.max(budget, 12));
  });

  test('of equal importance keeps the later', () => {
    expect(fitToBudget([piece(0, 0.5), piece(1, 0.5)], 70).text).toMatch(/^\[… 1 part left out …\]\n\npiece 1/);
  });
});

test.each(['x'.repeat(5_000), '锁'.repeat(5_000), '🔒'.repeat(3_000)])(
  '%# a text is cut between characters',
  (text) => {
    const cut = shorten(text, 200);
    expect(cut.isWellFormed()).toBe(true);
    expect(estimateTokens(cut)).toBeLessThanOrEqual(200);
    expect(estimateTokens(cut)).toBeGreaterThan(150);
  },
);
