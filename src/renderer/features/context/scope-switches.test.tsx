import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { show } from '../../lib/testing/show.tsx';
import { queryClient, trpc } from '../../lib/trpc.ts';
import { ScopeSwitches } from './scope-switches.tsx';

/** No worker: what is sent is looked at. */
const sent = vi.fn<typeof fetch>(() => new Promise<Response>(() => undefined));
const chosen = { context: true, recall: true, file_history: true, budget_tokens: 1_000 };
beforeEach(() => {
  sent.mockClear();
  vi.stubGlobal('fetch', sent);
  queryClient.clear();
  queryClient.setQueryData(trpc.context.choice.queryKey({}), { choice: chosen, effective: chosen });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** The choices that were sent. */
const choices = () =>
  sent.mock.calls.map(([, init]) => JSON.stringify(init?.body)).filter((body) => body?.includes('budget_tokens'));

// Catches: a number that becomes another one by itself.
test('a budget out of bounds is said to be, and is not kept', async () => {
  show(<ScopeSwitches scope={{}} />);
  const field = screen.getByRole<HTMLInputElement>('textbox');
  for (const wrong of ['50', '99999', 'abc', '']) {
    fireEvent.change(field, { target: { value: wrong } });
    fireEvent.blur(field);
    screen.getByText('A whole number from 200 to 2,500.');
    expect([field.value, field.getAttribute('aria-invalid')]).toEqual([wrong, 'true']);
  }
  expect(choices()).toEqual([]);
  fireEvent.change(field, { target: { value: '1500' } });
  fireEvent.blur(field);
  expect(field.getAttribute('aria-invalid')).toBeNull();
  await waitFor(() => expect(choices()).toHaveLength(1));
  expect(choices()[0]).toContain('budget_tokens\\":1500');
});
