import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { laterMessages } from '../../../shared/messages/window-later.ts';
import { addMessages, startI18n } from '../../lib/i18n.ts';
import { RuleDialog } from './rule-dialog.tsx';

beforeAll(() => {
  startI18n('en');
  addMessages(laterMessages);
});
afterEach(cleanup);

/** The form of a new rule; nothing is asked of a worker. */
function show(): void {
  const cache = new QueryClient({ defaultOptions: { queries: { enabled: false } } });
  render(
    <QueryClientProvider client={cache}>
      <RuleDialog rule={null} onClose={() => {}} />
    </QueryClientProvider>,
  );
}

const tool = () => screen.getByLabelText<HTMLInputElement>('Tool');
const pattern = () => screen.getByLabelText<HTMLInputElement>('Pattern');
const save = () => screen.getByRole<HTMLButtonElement>('button', { name: /^(Save|Allow everything)/ });
const type = (field: HTMLInputElement, value: string) => fireEvent.change(field, { target: { value } });

// Catches: a form that lets every command through with one click.
test('a new rule says nothing yet, and asks for its tool', () => {
  show();
  expect(document.activeElement).toBe(tool());
  expect(tool().value).toBe('');
  expect(save().disabled).toBe(true);
  type(tool(), 'Bash');
  expect(save().textContent).toBe('Save');
  expect(save().disabled).toBe(false);
});

test('a rule that allows anything says so on its button', () => {
  show();
  type(tool(), 'Bash');
  fireEvent.click(screen.getByRole('button', { name: 'Allow' }));
  expect(save().textContent).toBe('Allow everything with Bash');
  expect(save().className).toContain('bg-danger-strong');
  type(pattern(), 'npm test*');
  expect(save().textContent).toBe('Save');
});
