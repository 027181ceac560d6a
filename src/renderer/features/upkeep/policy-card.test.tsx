import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { AgingPolicy } from '../../../shared/upkeep-views.ts';
import { show } from '../../lib/testing/show.tsx';
import { PolicyCard } from './policy-card.tsx';

afterEach(cleanup);

const policy: AgingPolicy = {
  half_life_days: { request: 30, learning: 365 },
  expire_proposals_after_days: 60,
  archive_memories_below: null,
  delete_observations_below: null,
  merge_above: null,
};
const open = () => show(<PolicyCard policy={policy} />);
const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name);
const type = (name: string, value: string) => fireEvent.change(field(name), { target: { value } });

// Catches: a greyed Save over fields that look right.
test('what is no number, or none that is allowed, is said at its field', () => {
  open();
  type('Prompt', '-5');
  type('Proposals that nobody decided on expire', '1.5');
  fireEvent.click(screen.getByRole('button', { name: 'Save' }));
  screen.getByText('A number from 1 to 36,500.');
  screen.getByText('A whole number from 1 to 3,650.');
  expect(document.activeElement).toBe(field('Prompt'));
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(field('Prompt').value).toBe('30');
});

// Catches: a change that is gone after a look at another page.
test('a change that is not saved yet is there again, and Cancel takes it back', () => {
  const page = open();
  type('Learnings', '90');
  page.unmount();
  open();
  expect(field('Learnings').value).toBe('90');
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  cleanup();
  open();
  expect(field('Learnings').value).toBe('365');
});
