import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { nextIndex, useListKeyboard } from './list-keyboard.ts';

afterEach(cleanup);

// Catches: a selection that leaves the list or starts at its second row.
test.each([
  [-1, 1, 3, 0],
  [-1, -1, 3, 2],
  [0, 1, 3, 1],
  [2, 1, 3, 2],
  [0, -1, 3, 0],
  [5, 1, 0, -1],
])('from %i by %i in %i rows to %i', (active, step, count, expected) => {
  expect(nextIndex(active, step, count)).toBe(expected);
});

interface ListProps {
  count: number;
  enabled?: boolean;
  open(index: number): void;
}

function List({ count, enabled = true, open }: ListProps) {
  const { active } = useListKeyboard({ count, enabled, open, show: () => {} });
  return <output>{active}</output>;
}

const press = (...keys: string[]): void => {
  for (const key of keys) fireEvent.keyDown(document.body, { key });
};

// Catches: Enter that opens another row than the one that is marked.
test('j, k and the arrows move, Enter opens', () => {
  const open = vi.fn<(index: number) => void>();
  render(<List count={3} open={open} />);
  press('Enter');
  expect(open).not.toHaveBeenCalled();
  press('j', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'k', 'Enter');
  expect(screen.getByRole('status').textContent).toBe('1');
  expect(open.mock.calls).toEqual([[1]]);
});

// Catches: a mark beyond the end after a filter made the list shorter.
test('stays inside a list that shrinks', () => {
  const open = vi.fn<(index: number) => void>();
  const { rerender } = render(<List count={9} open={open} />);
  press('k');
  rerender(<List count={2} open={open} />);
  expect(screen.getByRole('status').textContent).toBe('1');
});

// Catches: two lists on one page that both move.
test('is still while another list has the keys', () => {
  render(<List count={3} enabled={false} open={() => {}} />);
  press('j');
  expect(screen.getByRole('status').textContent).toBe('-1');
});
