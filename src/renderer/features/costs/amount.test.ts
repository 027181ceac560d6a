import { expect, test } from 'vitest';
import { isAmount, parseAmount } from './amount.ts';

// Catches: a cap of 2 where somebody typed 2,50; one of nothing where a letter slipped in.
test.each([
  ['', null],
  ['  ', null],
  ['0', 0],
  ['2.50', 2.5],
  ['2,50', 2.5],
  ['.5', 0.5],
  ['$5', 5],
  ['US$ 5', 5],
  ['1e9', Number.NaN],
  ['-1', Number.NaN],
  ['5 dollars', Number.NaN],
  ['1.000,50', Number.NaN],
  ['Infinity', Number.NaN],
  ['٣', Number.NaN],
])('%j is read as %d', (text, value) => {
  expect(parseAmount(text)).toBe(value);
});

test.each([
  [null, true],
  [0, true],
  [100, true],
  [100.01, false],
  [Number.NaN, false],
])('%d can be kept up to 100: %s', (value, isKept) => {
  expect(isAmount(value, 100)).toBe(isKept);
});
