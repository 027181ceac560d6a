import { expect, test } from 'vitest';
import { timeIn } from './peer-memories.ts';

const dayMs = 24 * 60 * 60 * 1000;

// Catches: what a client of mcp-memory-service may say of a time, refused because in a search it could be a word.
test.each([
  ['recent', 7],
  ['Recently', 7],
  ['last 2 weeks', 14],
  ['november', 30],
  ['may', 31],
  ['tuesday', 1],
  ['last summer', 94],
  ['second quarter of 2025', 91],
  ['between april 2025 and june 2025', 91],
  ['between spring 2025 and summer 2025', 187],
])('%s is a time of %i days', (phrase, days) => {
  const { since = '', until = new Date().toISOString() } = timeIn(phrase) ?? {};
  expect((Date.parse(until) - Date.parse(since)) / dayMs).toBeCloseTo(days, 0);
});

test.each(['gibberish', 'spring boot', 'between you and me', 'the port of the "API"', ''])('%j is none', (phrase) => {
  expect(timeIn(phrase)).toBeNull();
});
