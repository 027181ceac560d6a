import { act, cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startI18n } from '../lib/i18n.ts';
import { leaveNotices, showError, showNotice, showUndo, Toaster } from './toast.tsx';

beforeEach(() => void startI18n('en'));
afterEach(cleanup);

// Catches: what failed on one page, said over the next one; and a way back that is gone with the page it was left by.
test('leaving a page takes its notices away, and leaves the way back', () => {
  const { baseElement, unmount } = render(<Toaster />);
  act(() => {
    showUndo('Deleted', 'Undo', () => {});
    showError('That did not work', 'No such file.');
  });
  expect(baseElement.textContent).toContain('No such file.');
  act(leaveNotices);
  expect(baseElement.textContent).not.toContain('No such file.');
  expect(baseElement.textContent).toContain('Undo');
  act(() => showNotice('Saved'));
  act(leaveNotices);
  expect(baseElement.textContent).not.toContain('Saved');
  act(() => showError('That did not work', 'Said on the next page.'));
  expect(baseElement.textContent).toContain('Said on the next page.');
  unmount();
});
