import { expect, test } from 'vitest';
import { ticketOf } from './viewer-access.ts';

// Catches: a link that is pasted in another form and not redeemed, or a search for 'ticket' that is taken for one.
test.each([
  ['#ticket=abc', 'abc'],
  ['#/ticket=abc', 'abc'],
  ['#ticket=a%2Bb', 'a+b'],
  ['', null],
  ['#/sessions', null],
  ['#/search?q=ticket', null],
])('%s holds the ticket %s', (hash, ticket) => {
  expect(ticketOf(hash)).toBe(ticket);
});
