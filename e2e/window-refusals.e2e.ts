import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectContract, type Contract } from './contract-client.ts';
import { launchApp, type App } from './driver.ts';
import { patienceMs } from './driver/until.ts';

const statement = 'Prices are integers in cents.';
const tooLong = 'x'.repeat(2_001);

let app: App;
let page: Page;
let contract: Contract;

beforeAll(async () => {
  app = await launchApp({ engine: 'browser' });
  page = await app.page();
  page.setDefaultTimeout(patienceMs);
  contract = await connectContract(app.url, app.dataDir);
  await contract('learnings.create', { category: 'convention', statement, scope: 'global' });
});

afterAll(async () => {
  await app.close();
});

const go = (address: string) =>
  page.evaluate((hash) => {
    location.hash = hash;
  }, address);
const pane = () => page.getByTestId('learning-pane');

// Catches: a page that stays blank, or asks the worker for what it refuses, because of one wrong word in an address.
test.each([
  ['/learnings?tab=nonsense', 'Nothing to review'],
  ['/learnings?tab=all&state=nonsense&open=nobody', 'Not in the memory'],
  ['/jobs?tab=nonsense&kind=nonsense', 'At a glance'],
  ['/costs?tab=nonsense', 'Costs by day'],
])('%s shows what it can', async (address, heading) => {
  await go(address);
  await page.getByRole('heading', { name: heading }).waitFor();
});

// Catches: words that are lost because the worker did not want them, and a refusal in a parser's words.
test('an edit that is refused comes back with what was typed', async () => {
  await go('/learnings?tab=all');
  await page.getByTestId('learnings').getByRole('link', { name: statement }).click();
  await pane().getByRole('button', { name: 'Edit' }).click();
  const field = page.getByRole('textbox', { name: 'What is so' });
  await field.fill(tooLong);
  await page.keyboard.press('Control+Enter');
  await pane()
    .getByText(/^At most 2,000 characters; these are/)
    .waitFor();
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await field.inputValue()).toBe(tooLong);
  await field.fill('Prices are integers in the smallest unit.');
  await page.keyboard.press('Control+Enter');
  await pane().getByRole('heading', { name: 'Prices are integers in the smallest unit.' }).waitFor();
});

// Catches: a year that is being typed, which is a day of the past and lets the learning expire.
test('a date is kept once it is whole', async () => {
  const date = pane().getByLabel('Holds until');
  await date.fill('0002-11-21');
  await date.fill('2031-11-21');
  await date.press('Enter');
  await pane().getByRole('button', { name: 'Without end' }).waitFor();
  const kept = async () => {
    const { data } = await contract<{ data: { expires_at: string | null; state: string }[] }>('learnings.list', {});
    return data.map(({ expires_at: at, state }) => [at?.slice(0, 10), state]);
  };
  // The window shows it before the memory has it.
  await expect.poll(kept).toEqual([['2031-11-21', 'approved']]);
  await expect.poll(() => pane().getByRole('list', { name: 'History' }).getByText('Changed').count()).toBe(2);
});
