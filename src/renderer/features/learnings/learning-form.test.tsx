import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { LearningCategory } from '../../../shared/learning-views.ts';
import { show } from '../../lib/testing/show.tsx';
import { queryClient, trpc } from '../../lib/trpc.ts';
import { LearningEditor, type LearningDraft } from './learning-editor.tsx';
import { LearningForm } from './learning-form.tsx';

const onClose = vi.fn<() => void>();
const onSave = vi.fn<(draft: LearningDraft) => void>();
beforeEach(() => {
  onClose.mockClear();
  onSave.mockClear();
  vi.stubGlobal('fetch', () => new Promise<Response>(() => undefined));
  queryClient.setQueryData(trpc.projects.list.queryKey(), []);
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const openNew = () => show(<LearningForm project={undefined} onCreated={() => undefined} onClose={onClose} />);
const openEditor = () => {
  const category: LearningCategory = 'fact';
  const learning = { id: 'one', category, statement: 'Tests run before a push.', detail: null, tags: [] };
  return show(<LearningEditor learning={learning} onSave={onSave} onClose={onClose} />);
};
const field = (name: string) => screen.getByLabelText<HTMLTextAreaElement>(name);
const type = (name: string, value: string) => fireEvent.change(field(name), { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

// Catches: a statement that only a notice at the edge of the window refuses, and one that leaves the button dead.
test('a statement that is missing or too long is said to be', () => {
  openNew();
  press('Keep it');
  screen.getByText('Something has to stand here.');
  type('What is so', 'x'.repeat(5_000));
  screen.getByText('At most 2,000 characters; these are 5,000.');
  type('What is so', 'Tests run before a push.');
  expect(field('What is so').getAttribute('aria-invalid')).toBeNull();
  press('Cancel');
});

// Catches: Escape that throws away what somebody has just written.
test('a learning that was begun is there again after Escape, and not after Cancel', () => {
  openNew();
  type('What is so', 'half a thought');
  fireEvent.keyDown(screen.getByRole('dialog'), { key: 'Escape' });
  expect(onClose).toHaveBeenCalledTimes(1);
  cleanup();
  openNew();
  expect(field('What is so').value).toBe('half a thought');
  press('Cancel');
  cleanup();
  openNew();
  expect(field('What is so').value).toBe('');
});

test('words that were changed are there again after Escape, and not after Cancel', () => {
  openEditor();
  type('What is so', 'Tests run before a release.');
  fireEvent.keyDown(field('What is so'), { key: 'Escape' });
  expect(onClose).toHaveBeenCalledTimes(1);
  cleanup();
  openEditor();
  expect(field('What is so').value).toBe('Tests run before a release.');
  press('Cancel');
  cleanup();
  openEditor();
  expect(field('What is so').value).toBe('Tests run before a push.');
});
