import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Dialog } from './dialog.tsx';

const onClose = vi.fn<() => void>();
beforeEach(() => onClose.mockClear());
afterEach(cleanup);

function show(stays: boolean): void {
  render(
    <Dialog open stays={stays} onClose={onClose} title="A dialog">
      <input aria-label="name" />
    </Dialog>,
  );
}

function clickOutside(): void {
  const outside = document.querySelector('[data-open]:not([role="dialog"])') ?? document.body;
  fireEvent.pointerDown(outside);
  fireEvent.mouseDown(outside);
  fireEvent.click(outside);
}

const escape = () => fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' });
const type = () => fireEvent.input(screen.getByLabelText('name'), { target: { value: 'Ada' } });

// Catches: a key that is shown once and gone by a slip, or a form whose text a click beside it throws away.
test.each([
  ['Escape', false, [escape], 1],
  ['a click outside', false, [clickOutside], 1],
  ['Escape in a filled form', false, [type, escape], 1],
  ['a click outside a filled form', false, [type, clickOutside], 0],
  ['Escape where it stays', true, [escape], 0],
  ['a click outside where it stays', true, [clickOutside], 0],
] as const)('%s', (_what, stays, steps, closed) => {
  show(stays);
  for (const step of steps) step();
  expect(onClose).toHaveBeenCalledTimes(closed);
});
