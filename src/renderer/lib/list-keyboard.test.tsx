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
  ids: readonly string[];
  enabled?: boolean;
  question?: string;
  settled?: boolean;
  initialIndex?: number;
  open?(index: number): void;
}

function List({ open = () => {}, ...rest }: ListProps) {
  const { active } = useListKeyboard({ ...rest, open, show: () => {} });
  return <output>{active < 0 ? 'nothing' : rest.ids[active]}</output>;
}

const press = (...keys: string[]): void => {
  for (const key of keys) fireEvent.keyDown(document.body, { key });
};
const marked = () => screen.getByRole('status').textContent;

// Catches: Enter that opens another row than the one that is marked.
test('j, k and the arrows move, Enter opens', () => {
  const open = vi.fn<(index: number) => void>();
  render(<List ids={['a', 'b', 'c']} open={open} />);
  press('Enter');
  expect(open).not.toHaveBeenCalled();
  press('j', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'k', 'Enter');
  expect(marked()).toBe('b');
  expect(open.mock.calls).toEqual([[1]]);
});

// Catches: a mark that stays on its line while a live update moves the rows below it.
test.each([
  ['a row joins above', ['new', 'a', 'b', 'c'], 'b'],
  ['the rows change places', ['c', 'b', 'a'], 'b'],
  ['the marked row leaves', ['a', 'c'], 'c'],
  ['the marked row and all below it leave', ['a'], 'a'],
  ['all leave', [], 'nothing'],
])('the mark stays on its row when %s', (_what, ids, expected) => {
  const { rerender } = render(<List ids={['a', 'b', 'c']} />);
  press('j', 'j');
  rerender(<List ids={ids} />);
  expect(marked()).toBe(expected);
});

// Catches: a filter that leaves the mark somewhere in the middle, or on a row of the answer before.
test('another question begins at the first row of its own answer', () => {
  const { rerender } = render(<List ids={['a', 'b', 'c']} question="all" />);
  press('j', 'j');
  rerender(<List ids={['a', 'b', 'c']} question="few" settled={false} />);
  rerender(<List ids={['x', 'b']} question="few" />);
  expect(marked()).toBe('x');
  rerender(<List ids={['new', 'x', 'b']} question="few" />);
  expect(marked()).toBe('x');
});

// Catches: two lists on one page that both move.
test('is still while another list has the keys', () => {
  render(<List ids={['a', 'b', 'c']} enabled={false} />);
  press('j');
  expect(marked()).toBe('nothing');
});

// Catches: a search opened by its address on which Enter does nothing.
test('a list may begin at its first row', () => {
  const open = vi.fn<(index: number) => void>();
  render(<List ids={['a', 'b']} initialIndex={0} open={open} />);
  press('Enter');
  expect(open.mock.calls).toEqual([[0]]);
});
