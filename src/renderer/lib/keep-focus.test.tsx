import { act, cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { focusAgain, keepFocus } from './keep-focus.ts';

afterEach(cleanup);

interface PageProps {
  rows: readonly string[];
  /** Whose button is switched off. */
  off?: string;
}

function Page({ rows, off }: PageProps) {
  return (
    <main id="main" tabIndex={-1}>
      <ul>
        {rows.map((name) => (
          <li key={name} data-testid={name}>
            <button type="button" disabled={name === off}>
              {`Deny ${name}`}
            </button>
          </li>
        ))}
      </ul>
      {rows.length > 1 && <button type="button">Delete all</button>}
    </main>
  );
}

const button = (name: string) => screen.getByRole('button', { name });
/** What React takes away is seen in the next microtask. */
const settled = () => act(async () => {});

// Catches: a keyboard that is nowhere after a row was answered, so that Tab begins at the top of the page.
test.each([
  ['the next row', 'b', ['a', 'c'], 'c'],
  ['the row before the last', 'c', ['a', 'b'], 'b'],
  ['a row further on', 'a', ['c'], 'c'],
])('%s has the keyboard', async (_what, answered, left, has) => {
  const { rerender } = render(<Page rows={['a', 'b', 'c']} />);
  button(`Deny ${answered}`).focus();
  keepFocus();
  rerender(<Page rows={left} />);
  await settled();
  expect(document.activeElement).toBe(screen.getByTestId(has));
});

test.each([
  ['no row is left', 'Deny a', []],
  ['it stood in no row', 'Delete all', ['a']],
])('the content of the page has it where %s', async (_what, name, left) => {
  const { rerender } = render(<Page rows={['a', 'b']} />);
  button(name).focus();
  keepFocus();
  rerender(<Page rows={left} />);
  await settled();
  expect(document.activeElement).toBe(screen.getByRole('main'));
});

// Catches: a keyboard that is torn from where the person went meanwhile.
test('what somebody went to keeps it', async () => {
  const { rerender } = render(<Page rows={['a', 'b', 'c']} />);
  button('Deny b').focus();
  keepFocus();
  button('Deny a').focus();
  rerender(<Page rows={['a', 'c']} />);
  await settled();
  expect(document.activeElement).toBe(button('Deny a'));
});

// Catches: a button that failed, is there again, and has to be looked for with Tab.
test('a button that was switched off meanwhile has it again', async () => {
  const { rerender } = render(<Page rows={['a', 'b']} />);
  button('Deny a').focus();
  keepFocus();
  rerender(<Page rows={['a', 'b']} off="a" />);
  await settled();
  // As browsers do, and jsdom does not.
  button('Deny a').blur();
  rerender(<Page rows={['a', 'b']} />);
  await settled();
  expect(document.activeElement).toBe(button('Deny a'));
});

test('what opened something has it again, else the content of the page', () => {
  render(<Page rows={['a', 'b']} />);
  focusAgain(button('Deny b'));
  expect(document.activeElement).toBe(button('Deny b'));
  focusAgain(button('Deny a'));
  expect(document.activeElement).toBe(button('Deny b'));
  button('Deny b').blur();
  focusAgain(document.createElement('button'));
  expect(document.activeElement).toBe(screen.getByRole('main'));
});
