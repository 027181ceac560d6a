import { cleanup, fireEvent, render } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { strokeOf, useShortcuts, type Shortcut } from './keyboard.ts';

afterEach(cleanup);

function Page({ shortcuts }: { shortcuts: Shortcut[] }) {
  useShortcuts(shortcuts);
  return (
    <>
      <input aria-label="field" />
      <button type="button">button</button>
      <div role="dialog">
        <span data-testid="inside">dialog</span>
      </div>
    </>
  );
}

const plain = { ctrlKey: false, metaKey: false, altKey: false };

// Catches: a shortcut that works on one keyboard or system only.
test.each([
  [{ ...plain, key: 'j' }, 'j'],
  [{ ...plain, key: '?' }, '?'],
  [{ ...plain, key: 'K', ctrlKey: true }, 'Mod+k'],
  [{ ...plain, key: 'k', metaKey: true }, 'Mod+k'],
  [{ ...plain, key: 'j', altKey: true }, 'Alt+j'],
])('%j is the stroke %s', (event, stroke) => {
  expect(strokeOf(event)).toBe(stroke);
});

// Catches: a second stroke that acts by itself, a first one that waits for ever.
test('runs sequences as one', () => {
  const [alone, sequence] = [vi.fn<() => void>(), vi.fn<() => void>()];
  render(
    <Page
      shortcuts={[
        { keys: 's', run: alone },
        { keys: 'g s', run: sequence },
      ]}
    />,
  );
  fireEvent.keyDown(document.body, { key: 'g' });
  fireEvent.keyDown(document.body, { key: 's' });
  expect([alone.mock.calls.length, sequence.mock.calls.length]).toEqual([0, 1]);
  fireEvent.keyDown(document.body, { key: 's' });
  expect(alone).toHaveBeenCalledTimes(1);
  fireEvent.keyDown(document.body, { key: 'g' });
  fireEvent.keyDown(document.body, { key: 'x' });
  fireEvent.keyDown(document.body, { key: 's' });
  expect([alone.mock.calls.length, sequence.mock.calls.length]).toEqual([2, 1]);
});

// Catches: a sequence that ends as soon as Shift is pressed for its second sign.
test('Shift on the way to the second stroke is no stroke', () => {
  const run = vi.fn<() => void>();
  render(<Page shortcuts={[{ keys: 'g $', run }]} />);
  fireEvent.keyDown(document.body, { key: 'g' });
  fireEvent.keyDown(document.body, { key: 'Shift' });
  fireEvent.keyDown(document.body, { key: '$', shiftKey: true });
  expect(run).toHaveBeenCalledTimes(1);
});

// Catches: letters that are typed into a field and move the list, or are swallowed.
test('leaves typing alone', () => {
  const [letter, everywhere] = [vi.fn<() => void>(), vi.fn<() => void>()];
  const { getByLabelText } = render(
    <Page
      shortcuts={[
        { keys: 'j', run: letter },
        { keys: 'Mod+k', run: everywhere, whileTyping: true },
      ]}
    />,
  );
  const notPrevented = fireEvent.keyDown(getByLabelText('field'), { key: 'j' });
  fireEvent.keyDown(getByLabelText('field'), { key: 'k', ctrlKey: true });
  expect([notPrevented, letter.mock.calls.length, everywhere.mock.calls.length]).toEqual([true, 0, 1]);
});

// Catches: Enter that chooses a Chinese candidate and opens a result as well.
test('keeps out of input methods, dialogs and buttons', () => {
  const run = vi.fn<() => void>();
  const { getByLabelText, getByTestId, getByText } = render(
    <Page
      shortcuts={[
        { keys: 'Enter', run, whileTyping: true },
        { keys: 'j', run },
      ]}
    />,
  );
  fireEvent.keyDown(getByLabelText('field'), { key: 'Enter', isComposing: true });
  fireEvent.keyDown(getByTestId('inside'), { key: 'j' });
  fireEvent.keyDown(getByText('button'), { key: 'Enter' });
  expect(run).not.toHaveBeenCalled();
  fireEvent.keyDown(getByLabelText('field'), { key: 'Enter' });
  expect(run).toHaveBeenCalledTimes(1);
});

// Catches: a page that is left and still listens.
test('stops with its component', () => {
  const run = vi.fn<() => void>();
  const { unmount } = render(<Page shortcuts={[{ keys: 'j', run }]} />);
  unmount();
  fireEvent.keyDown(document.body, { key: 'j' });
  expect(run).not.toHaveBeenCalled();
});
