import { expect, test } from 'vitest';
import { createTickets } from './tickets.ts';

const byName = (name: string) => name;

test('a ticket is good once and in time', () => {
  let at = 0;
  const tickets = createTickets(byName, () => at);
  const first = tickets.issue('a', 1_000);
  expect(tickets.redeem(first)).toBe('a');
  expect(tickets.redeem(first)).toBeNull();
  const late = tickets.issue('a', 1_000);
  at += 1_001;
  expect(tickets.redeem(late)).toBeNull();
  expect(tickets.redeem('__proto__')).toBeNull();
});

// Catches: a key that asks for tickets until those of others are gone, and tickets without bound.
test('whoever asks for many loses its own oldest ones', () => {
  const tickets = createTickets(byName, () => 0);
  const other = tickets.issue('other', 1_000);
  const own = Array.from({ length: 5_000 }, () => tickets.issue('greedy', 1_000));
  expect(own.filter((ticket) => tickets.redeem(ticket) !== null)).toEqual(own.slice(-100));
  expect(tickets.redeem(other)).toBe('other');
  const many = Array.from({ length: 1_500 }, (_, name) => tickets.issue(`name ${name}`, 1_000));
  expect(many.filter((ticket) => tickets.redeem(ticket) !== null)).toEqual(many.slice(-1_000));
});
