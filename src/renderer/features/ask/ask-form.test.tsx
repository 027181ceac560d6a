import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { show } from '../../lib/testing/show.tsx';
import { AskForm } from './ask-form.tsx';
import { askDraft } from './ask-store.ts';

const onAsk = vi.fn<(question: string) => void>();
beforeEach(() => {
  onAsk.mockClear();
  askDraft.set('');
});
afterEach(cleanup);

const open = () => show(<AskForm running={false} onAsk={onAsk} onStop={() => undefined} />);
const field = () => screen.getByRole<HTMLTextAreaElement>('textbox');
const type = (value: string) => fireEvent.change(field(), { target: { value } });

// Catches: half a question that is gone after a look at another page.
test('a question that was begun is there again, until it is asked', () => {
  const page = open();
  type('Why did the checkout');
  page.unmount();
  open();
  expect(field().value).toBe('Why did the checkout');
  fireEvent.keyDown(field(), { key: 'Enter' });
  expect(onAsk).toHaveBeenCalledWith('Why did the checkout');
  expect(field().value).toBe('');
});

// Catches: a question that is cut and asked as something else.
test('a question that is too long is said to be, and is neither cut nor asked', () => {
  open();
  type('x'.repeat(1_234));
  fireEvent.keyDown(field(), { key: 'Enter' });
  expect(onAsk).not.toHaveBeenCalled();
  expect(field().value).toHaveLength(1_234);
  screen.getByText('At most 1,000 characters; these are 1,234.');
  type('x'.repeat(1_000));
  fireEvent.keyDown(field(), { key: 'Enter' });
  expect(onAsk).toHaveBeenCalledTimes(1);
});
