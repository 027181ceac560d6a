import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { AskAnswer as Answer, AskSource } from '../../../shared/ask-views.ts';
import { startI18n } from '../../lib/i18n.ts';
import { AskAnswer } from './ask-answer.tsx';
import type { AskEntry } from './ask-store.ts';

beforeAll(() => void startI18n('en'));
afterEach(cleanup);

const source = (number: number, part: Partial<AskSource> = {}): AskSource => ({
  number,
  kind: 'observation',
  id: `o${number}`,
  session_id: 's',
  session_title: 'Checkout',
  project_name: 'shop-api',
  title: `Title ${number}`,
  excerpt: `Excerpt ${number}`,
  occurred_at: new Date(2024, 10, 18).toISOString(),
  ...part,
});

const text = 'It failed at first [1]. It passes now [3].';
const found = [source(1), source(2), source(3)];

function show(part: Partial<AskEntry>): void {
  const entry: AskEntry = {
    id: 1,
    question: 'Why?',
    project: null,
    state: 'writing',
    sources: found,
    text,
    answer: null,
    error: null,
    ...part,
  };
  render(<AskAnswer entry={entry} onAgain={() => {}} />);
}

const answered = (sources: AskSource[]): Partial<AskEntry> => {
  const answer: Answer = {
    text,
    sources,
    mode: 'extractive',
    fallback_reason: null,
    model: null,
    cost: null,
    took_ms: 1,
  };
  return { state: 'done', answer };
};
const cited = () =>
  within(screen.getByTestId('ask-text'))
    .getAllByLabelText(/^Source/)
    .map((each) => each.textContent);
const listed = () =>
  within(screen.getByRole('list', { name: 'Sources' }))
    .getAllByRole('link')
    .map((each) => each.textContent);

// Catches: sources 1 and 3 without a 2.
test('the sources that the answer cites are counted from one', () => {
  show({});
  expect(cited()).toEqual(['1', '3']);
  expect(listed().map((each) => each?.slice(0, 1))).toEqual(['1', '2', '3']);
  cleanup();
  show(answered([source(1), source(3)]));
  expect(cited()).toEqual(['1', '2']);
  expect(listed()).toEqual([expect.stringMatching(/^1Title 1/), expect.stringMatching(/^2Title 3/)]);
});

// Catches: a memory of this morning that is dated by the Monday of its week.
test('a summary of a week names the week', () => {
  show(answered([source(1), source(3, { kind: 'summary', session_id: null, session_title: null })]));
  const list = screen.getByRole('list', { name: 'Sources' });
  expect(list.textContent).toMatch(/Week of Nov 18, 2024/);
});
